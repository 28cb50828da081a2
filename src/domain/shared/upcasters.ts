// What an older version of a kind says in the words of the next one. The entry itself stays as it was hashed; only the fold reads it so.
import type { Entry } from '#contract/envelope.ts'
import type { BodyOf, EntryKind } from '#contract/kind-registry.ts'

interface Upcaster<From extends EntryKind, To extends EntryKind> {
  readonly to: To
  readonly body: (body: BodyOf<From>) => BodyOf<To>
}

const upcasters = {
  'enrollment.wishes-registered.v1': {
    to: 'enrollment.wishes-registered.v2',
    body: ({ traineeId, wishes }) => ({ traineeId, wishes: wishes.map((wish) => ({ ...wish, reason: null })) }),
  } satisfies Upcaster<'enrollment.wishes-registered.v1', 'enrollment.wishes-registered.v2'>,
} as const

/** The kinds nobody records any more: a newer version has taken their place. */
export type FormerKind = keyof typeof upcasters

/** Whether a newer version has taken the kind's place. */
export function isFormerKind(kind: string): kind is FormerKind {
  return Object.hasOwn(upcasters, kind)
}

/**
 * The same entry in the newest version of its kind, step by step; one of today's kinds, or of a kind this program does not know, comes back as it is.
 * Pure: the entry given is not touched. @rule LED-9
 */
export function upcast(entry: Entry): Entry {
  let current = entry
  while (isFormerKind(current.kind)) {
    const { to, body } = upcasters[current.kind]
    current = { ...current, kind: to, body: body(current.body as BodyOf<FormerKind>) }
  }
  return current
}
