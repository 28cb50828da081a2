// Every kind of entry there is. A kind lives for ever: its shape never changes, a new meaning is a new version.
import type { z } from 'zod'
import { catalogueKinds } from './kinds/catalogue.ts'
import { certificateKinds } from './kinds/certificate.ts'
import { facilityKinds } from './kinds/facility.ts'
import { lessonKinds } from './kinds/lesson.ts'
import { traineeKinds } from './kinds/trainee.ts'
import { trainingClassKinds } from './kinds/training-class.ts'

/** Kind to body schema; exhaustive by type. */
export const kindRegistry = {
  ...facilityKinds,
  ...catalogueKinds,
  ...traineeKinds,
  ...trainingClassKinds,
  ...lessonKinds,
  ...certificateKinds,
} as const

export type EntryKind = keyof typeof kindRegistry
export type BodyOf<K extends EntryKind> = z.infer<(typeof kindRegistry)[K]>

/** One of the union of all kinds with its body: narrow by `kind`. */
export type KindedBody = { [K in EntryKind]: { readonly kind: K; readonly body: BodyOf<K> } }[EntryKind]

/** The kinds a tablet records offline as testimony; every other kind is an act only the server writes. @rule LED-3 */
export const TESTIMONY_KINDS = [
  'enrollment.wishes-registered.v1',
  'enrollment.wishes-registered.v2',
  'attendance.marked.v1',
  'attendance.head-counted.v1',
  'attendance.lesson-logged.v1',
  'attendance.made-up.v1',
  'assessment.scored.v1',
  'assessment.admitted.v1',
  'device.storage-overridden.v1',
] as const satisfies readonly EntryKind[]
export type TestimonyKind = (typeof TESTIMONY_KINDS)[number]

/** Whether this version knows the kind. */
export function isKnownKind(kind: string): kind is EntryKind {
  return Object.hasOwn(kindRegistry, kind)
}

/** Whether the kind is testimony. */
export function isTestimony(kind: string): kind is TestimonyKind {
  return (TESTIMONY_KINDS as readonly string[]).includes(kind)
}
