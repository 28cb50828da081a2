// A site with one class that meets today: trainees, roster, one lesson. Written by the server, as the office's acts would be.
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import type { BodyOf, EntryKind } from '#contract/kind-registry.ts'
import { trainingClassKinds } from '#contract/kinds/training-class.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { ClassId, SessionId, StaffId, TraineeId } from '#contract/values.ts'
import type { TestServer } from '#test/support/test-server.ts'

export const CLASS_ID = 'C1' as ClassId
export const SESSION_ID = 'S1' as SessionId
export const traineeIdOf = (index: number): TraineeId => `A${index}` as TraineeId

function draft<K extends EntryKind>(stream: StreamId, kind: K, body: BodyOf<K>, on: string): EntryDraft {
  return { stream, kind, body, occurredOn: on, basedOn: null } as EntryDraft
}

/** Writes the class into the site's ledger; `withTeacher` also the teacher, for sites that were not founded. */
export async function seedClass(
  { context, clock }: TestServer,
  traineeCount: number,
  more: { readonly withTeacher?: boolean } = {},
): Promise<void> {
  const today = clock.today()
  const classId = CLASS_ID
  const trainees = Array.from({ length: traineeCount }, (_, index) => traineeIdOf(index + 1))
  const facts = {
    sex: 'male',
    bornOn: '1990-02-28',
    termEndsOn: '2027-06-30',
    workCapable: true,
  } as BodyOf<'trainee.admitted.v1'>['facts']
  const teacher = {
    staffId: 'TEACHER1' as StaffId,
    account: 'teacher1',
    staffRole: 'instructor',
    providerId: null,
  } as const
  const plan = trainingClassKinds['class.planned.v1'].parse({
    classId,
    classNumber: '2026-012',
    occupationId: 'O1',
    skillLevel: 5,
    syllabusId: 'Y1',
    providerId: 'P1',
    instructorIds: ['TEACHER1'],
    roomId: 'R1',
    startsOn: today,
    endsOn: today,
    seatCap: 400,
    certificateKind: 'training',
    sessions: [{ sessionId: SESSION_ID, on: today, startsAt: '08:30', minutes: 90 }],
  })
  const drafts = [
    ...(more.withTeacher === true ? [draft('staff/TEACHER1', 'staff.appointed.v1', teacher, today)] : []),
    ...trainees.map((traineeId) =>
      draft(`trainee/${traineeId}`, 'trainee.admitted.v1', { traineeId, importId: null, facts }, today),
    ),
    draft(`class/${classId}`, 'class.planned.v1', plan, today),
    ...trainees.map((traineeId) =>
      draft(`class/${classId}/roster`, 'enrollment.enrolled.v1', { classId, traineeId, wishRank: null }, today),
    ),
    draft(`class/${classId}`, 'class.opened.v1', { classId, openedOn: today }, today),
  ]
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, drafts))
}
