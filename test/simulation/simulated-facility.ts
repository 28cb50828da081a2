// What every history begins with: one facility with a class that meets today, one that was sealed before, and the people in them.
import type { StreamId } from '#contract/envelope.ts'
import { type EntryKind, kindRegistry } from '#contract/kind-registry.ts'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import { type ActorId, CalendarDate, ClassId, ModuleId, OccupationId, SessionId, TraineeId } from '#contract/values.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { type Actor, SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'

export const TODAY = CalendarDate.parse('2026-11-02')
export const NOON_MS = Date.parse('2026-11-02T12:00:00.000+08:00')

export const CLASS_ID = ClassId.parse('C1')
/** A name of its own, so that it can be looked for among all bytes of a disk. */
export const FORMER_CLASS_ID = ClassId.parse('FormerClass0')
export const SESSIONS = ['S1', 'S2'].map((id) => SessionId.parse(id))
export const OCCUPATIONS = ['O1', 'O2'].map((id) => OccupationId.parse(id))
export const MODULE_ID = ModuleId.parse('M1')
/** On the roster from the start. */
export const MEMBERS = ['A1', 'A2', 'A3', 'A4'].map((id) => TraineeId.parse(id))
/** Admitted, in no class at first. */
export const NEWCOMER = TraineeId.parse('A5')
export const ADMINISTRATOR: Actor = { actorId: 'ADMIN1' as ActorId, role: 'administrator' }
export const TEACHERS: readonly [Actor, Actor] = [
  { actorId: 'TEACHER1' as ActorId, role: 'instructor' },
  { actorId: 'TEACHER2' as ActorId, role: 'instructor' },
]

const words = (zh: string, en: string) => ({ zh, en })

/** The contract reads the body, as it reads everything that comes from outside. */
function draft(stream: StreamId, kind: EntryKind, body: unknown): EntryDraft {
  return { stream, kind, body: kindRegistry[kind].parse(body), occurredOn: TODAY, basedOn: null } as EntryDraft
}

function occupation(occupationId: OccupationId): EntryDraft {
  const body = {
    occupationId,
    name: words('示例工种', 'sample occupation'),
    pinyin: 'shi li gong zhong',
    initials: 'slgz',
    edition: null,
    code: null,
    codeNote: null,
    group: {
      groupId: 'g1',
      order: 1,
      name: words('组', 'group'),
      hint: words('组', 'group'),
      icon: 'wrench',
      plate: 1,
    },
    icon: 'wrench',
    summary: words('示例', 'sample'),
    description: [words('示例', 'sample')],
    day: [],
    levels: [5],
    certificateRoutes: [{ skillLevel: 5, kinds: ['training'] }],
    standard: { text: null, verified: false, classHours: [] },
    equipment: [],
    safety: words('示例', 'sample'),
  }
  return draft(`catalogue/${occupationId}`, 'catalogue.occupation-listed.v1', { occupation: body })
}

function syllabus(): EntryDraft {
  const form = words('示例', 'sample')
  const body = {
    syllabusId: 'Y1',
    occupationId: 'O1',
    skillLevel: 5,
    version: 1,
    sample: true,
    title: form,
    aim: form,
    modules: [
      { moduleId: MODULE_ID, kind: 'knowledge', title: form, points: [], theoryMinutes: 60, practicalMinutes: 60 },
    ],
    assessment: { theory: { minutes: 60, form }, practical: { minutes: 60, task: form, criteria: [] } },
  }
  return draft('catalogue/O1', 'catalogue.syllabus-published.v1', { syllabus: body })
}

function classPlan(classId: ClassId, classNumber: string, sessions: readonly SessionId[]): EntryDraft {
  const plan = {
    classId,
    classNumber,
    occupationId: 'O1',
    skillLevel: 5,
    syllabusId: 'Y1',
    providerId: 'P1',
    instructorIds: ['TEACHER1', 'TEACHER2'],
    roomId: 'R1',
    startsOn: TODAY,
    endsOn: TODAY,
    seatCap: 20,
    certificateKind: 'training',
    sessions: sessions.map((sessionId, index) => ({
      sessionId,
      on: TODAY,
      startsAt: index === 0 ? '08:30' : '10:30',
      minutes: 90,
    })),
  }
  return draft(`class/${classId}`, 'class.planned.v1', plan)
}

function staff(staffId: string, account: string, staffRole: 'administrator' | 'instructor'): EntryDraft {
  const providerId = staffRole === 'instructor' ? 'P1' : null
  const body = { staffId, account, staffRole, providerId }
  return draft(`staff/${staffId}`, 'staff.appointed.v1', body)
}

function people(): readonly EntryDraft[] {
  const facts = {
    sex: 'male',
    bornOn: '1990-02-28',
    termEndsOn: '2027-06-30',
    workCapable: true,
  }
  return [
    staff('ADMIN1', 'admin1', 'administrator'),
    staff('TEACHER1', 'teacher1', 'instructor'),
    staff('TEACHER2', 'teacher2', 'instructor'),
    ...[...MEMBERS, NEWCOMER].map((traineeId) =>
      draft(`trainee/${traineeId}`, 'trainee.admitted.v1', { traineeId, importId: null, facts }),
    ),
  ]
}

/** A class that was sealed before any tablet joined: no instructor's tablet may ever see it. */
function formerClass(): readonly EntryDraft[] {
  const classId = FORMER_CLASS_ID
  const stream = `class/${classId}`
  const signers = [{ staffId: 'ADMIN1', role: 'administrator', organisation: 'facility' }]
  return [
    classPlan(classId, '2026-001', []),
    draft(stream, 'class.opened.v1', { classId, openedOn: TODAY }),
    draft(stream, 'class.completed.v1', {
      classId,
      completedOn: TODAY,
      plannedMinutes: 0,
      taughtMinutes: 0,
      outcomes: [],
    }),
    draft(stream, 'class.sealed.v1', { classId, contentHash: '0'.repeat(64), signers }),
  ]
}

/** Writes all of it as the server. */
export async function foundSimulatedFacility(context: ServerContext): Promise<void> {
  const founding = { name: '示例监狱', facilityKind: 'prison', cityCode: '340100', demonstration: true } as const
  const drafts = [
    draft('facility', 'facility.founded.v1', founding),
    occupation('O1' as OccupationId),
    occupation('O2' as OccupationId),
    syllabus(),
    ...people(),
    ...formerClass(),
    classPlan(CLASS_ID, '2026-002', SESSIONS),
    ...MEMBERS.map((traineeId) =>
      draft(`class/${CLASS_ID}/roster`, 'enrollment.enrolled.v1', { classId: CLASS_ID, traineeId, wishRank: null }),
    ),
    draft(`class/${CLASS_ID}`, 'class.opened.v1', { classId: CLASS_ID, openedOn: TODAY }),
  ]
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, drafts))
}

const MANY = 480

/** Makes the ledger longer than a page of the feed: people who were admitted and are in no class. */
export async function foundLongLedger(context: ServerContext): Promise<void> {
  const facts = { sex: 'male', bornOn: '1990-02-28', termEndsOn: '2027-06-30', workCapable: true }
  const drafts = Array.from({ length: MANY }, (_, index) => {
    const traineeId = `L${String(index)}`
    return draft(`trainee/${traineeId}`, 'trainee.admitted.v1', { traineeId, importId: null, facts })
  })
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, drafts))
}

/** What a lesson needs before its class can end. */
export function lessonPapers(sessionId: SessionId, present: number): readonly TestimonyCommand[] {
  const lesson = { classId: CLASS_ID, sessionId }
  const counts = { expectedCount: present, markedPresentCount: present, spokenCount: present, differenceReason: null }
  return [
    { name: 'confirmHeadCount', body: { ...lesson, ...counts } },
    {
      name: 'logLesson',
      body: { ...lesson, moduleId: MODULE_ID, theoryMinutes: 45, practicalMinutes: 45, noteId: null },
    },
  ]
}
