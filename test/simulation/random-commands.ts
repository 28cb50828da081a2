// What people do in a history: testimony on the tablets, acts at the server.
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { CalendarDate, ModuleId, TraineeId } from '#contract/values.ts'
import { headCount } from '#domain/attendance/summary.ts'
import { openFindings } from '#domain/completion/class-record.ts'
import type { Actor } from '#server/ledger/server-context.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import {
  ADMINISTRATOR,
  CLASS_ID,
  lessonPapers,
  MEMBERS,
  NEWCOMER,
  OCCUPATIONS,
  SESSIONS,
  TEACHERS,
  TODAY,
} from './simulated-facility.ts'
import type { SimulatedSite } from './simulated-site.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'

/** A command and who gives it. */
export interface Tap {
  readonly command: TestimonyCommand
  readonly actor: Actor
}

const EVERYBODY = [...MEMBERS, NEWCOMER]
// Few people are marked much more often than the others, so that tablets meet.
const OFTEN_MARKED = [...EVERYBODY, ...MEMBERS.slice(0, 2), ...MEMBERS.slice(0, 2)]
const MARKS = ['present', 'absent', 'late', 'leftEarly', 'excused'] as const
const CORRECTIONS = [null, 'mis-tap', 'other'] as const

function randomMark(random: SeededRandom): TestimonyCommand {
  const mark = random.pick(MARKS)
  const body = {
    classId: CLASS_ID,
    sessionId: random.pick(SESSIONS),
    traineeId: random.pick(OFTEN_MARKED),
    mark,
    minutes: mark === 'late' || mark === 'leftEarly' ? random.integer(1, 60) : null,
    leaveReason: mark === 'excused' ? ('visit' as const) : null,
    noteId: null,
    correctionReason: random.pick(CORRECTIONS),
  }
  return { name: 'markAttendance', body }
}

function randomScore(random: SeededRandom): TestimonyCommand {
  const result = random.chance(0.1) ? { word: 'absent' as const } : { scoreTenths: random.integer(300, 1000) }
  const body = {
    classId: CLASS_ID,
    traineeId: random.pick(OFTEN_MARKED),
    part: random.pick(['theory', 'practical'] as const),
    attempt: random.chance(0.7) ? 1 : 2,
    result,
    correctionReason: random.chance(0.6) ? ('mis-typed' as const) : null,
  }
  return { name: 'recordScore', body }
}

function randomLesson(random: SeededRandom): TestimonyCommand {
  const [headCount, lesson] = lessonPapers(random.pick(SESSIONS), random.integer(0, 4))
  if (headCount === undefined || lesson === undefined) throw new Error('a lesson has two papers')
  const dice = random.next()
  if (dice < 0.4) return headCount
  if (dice < 0.7) return lesson
  if (dice < 0.8)
    return {
      name: 'admitToAssessment',
      body: { classId: CLASS_ID, traineeId: random.pick(MEMBERS), reason: 'prior-skill', noteId: null },
    }
  if (dice < 0.9) {
    const body = {
      classId: CLASS_ID,
      sessionId: random.pick(SESSIONS),
      moduleId: 'M9' as ModuleId,
      theoryMinutes: 5,
      practicalMinutes: 5,
      noteId: null,
    }
    return { name: 'logLesson', body }
  }
  const body = {
    classId: CLASS_ID,
    sessionId: random.pick(SESSIONS),
    traineeId: random.pick(MEMBERS),
    madeUpOn: TODAY,
    minutes: random.integer(1, 30),
  }
  return { name: 'makeUpSession', body }
}

function randomWishes(random: SeededRandom, traineeId: TraineeId): TestimonyCommand {
  const wishes = random.shuffle(OCCUPATIONS).slice(0, random.integer(0, 2))
  return {
    name: 'registerWishes',
    body: { traineeId, wishes: wishes.map((occupationId) => ({ occupationId, skillLevel: 5 as const, reason: null })) },
  }
}

/** Somebody who never worked here. */
export const STRANGER: Actor = { actorId: 'NOBODY1' as Actor['actorId'], role: 'administrator' }

/** What somebody taps on this tablet next. */
export function randomTap(random: SeededRandom, tablet: Pick<SimulatedTablet, 'name' | 'purpose'>): Tap {
  const himself = (traineeId: TraineeId): Actor => ({
    actorId: traineeId as string as Actor['actorId'],
    role: 'trainee',
  })
  const traineeId = random.pick(EVERYBODY)
  if (tablet.purpose === 'kiosk') return { command: randomWishes(random, traineeId), actor: himself(traineeId) }
  if (tablet.purpose === 'office' && random.chance(0.3)) {
    const actor = random.chance(0.5) ? ADMINISTRATOR : himself(traineeId)
    return { command: randomWishes(random, traineeId), actor }
  }
  // The tablet cannot know him, the site refuses.
  if (random.chance(0.09)) {
    const command = random.chance(0.6) ? randomMark(random) : randomScore(random)
    return { command, actor: STRANGER }
  }
  const actor =
    tablet.purpose === 'office' && random.chance(0.5) ? ADMINISTRATOR : TEACHERS[tablet.name.startsWith('A') ? 0 : 1]
  const dice = random.next()
  if (dice < 0.6) return { command: randomMark(random), actor }
  return { command: dice < 0.82 ? randomScore(random) : randomLesson(random), actor }
}

type ClassStates = Awaited<ReturnType<typeof readClass>>

async function readClass(view: LedgerReader) {
  const stream = `class/${CLASS_ID}`
  const classState = await loadState(view, 'class', stream)
  const sessions = await Promise.all(
    classState.sessions.map(async (plan) => ({
      plan,
      state: await loadState(view, 'session', `${stream}/session/${plan.sessionId}`),
    })),
  )
  return {
    classState,
    sessions,
    roster: await loadState(view, 'roster', `${stream}/roster`),
    assessment: await loadState(view, 'assessment', `${stream}/assessment`),
    rules: (await loadState(view, 'facility', 'facility')).rules,
    staff: (await loadFamily(view, 'staff')).map(({ state }) => state),
  }
}

async function settleFindings(site: SimulatedSite, random: SeededRandom, record: ClassStates): Promise<void> {
  for (const finding of openFindings(record)) {
    const traineeId = finding.traineeId
    if (traineeId === null) continue
    for (const { plan, state } of record.sessions) {
      const names = state.history[traineeId]?.some(({ entryId }) => finding.entryIds.includes(entryId)) === true
      const mark = random.chance(0.5) ? ('present' as const) : ('absent' as const)
      const body = {
        classId: CLASS_ID,
        sessionId: plan.sessionId,
        traineeId,
        mark,
        minutes: null,
        leaveReason: null,
        reason: 'other' as const,
      }
      if (names) await site.act(ADMINISTRATOR, 'settleAttendance', body)
    }
    const scored = record.assessment.history[traineeId]?.find(({ entryId }) => finding.entryIds.includes(entryId))
    if (scored === undefined) continue
    const { part, attempt } = scored
    await site.act(ADMINISTRATOR, 'settleScore', {
      classId: CLASS_ID,
      traineeId,
      part,
      attempt,
      result: { scoreTenths: random.integer(0, 1000) },
      reason: 'other',
    })
  }
}

/** The clerk does everything the check list asks for and ends the class; late marks from tablets in the dark arrive after that. */
async function finishClass(site: SimulatedSite, random: SeededRandom): Promise<void> {
  const read = () => site.store.read(site.context.facilityId, readClass)
  const before = await read()
  if (before.classState.phase === 'completed' || before.classState.phase === 'sealed') {
    await settleFindings(site, random, before)
    if (random.chance(0.5))
      await site.act(ADMINISTRATOR, 'supplementClass', { classId: CLASS_ID, supplementedOn: TODAY })
    await site.act(ADMINISTRATOR, 'sealClass', { classId: CLASS_ID })
    return
  }
  for (const { plan, state } of before.sessions) {
    if (plan.cancelled || (state.headCount !== null && state.lessons.length > 0)) continue
    for (const command of lessonPapers(plan.sessionId, 4)) await site.testify(ADMINISTRATOR, command)
  }
  for (const { traineeId } of before.roster.members) {
    for (const part of ['theory', 'practical'] as const) {
      const body = {
        classId: CLASS_ID,
        traineeId,
        part,
        attempt: 1,
        result: { word: 'absent' as const },
        correctionReason: null,
      }
      await site.testify(ADMINISTRATOR, { name: 'recordScore', body })
    }
  }
  await settleFindings(site, random, await read())
  // Confirmed again once nothing else is open: the number has to be explained as the marks now stand.
  const settled = await read()
  for (const { plan, state } of settled.sessions) {
    const [confirm] = lessonPapers(plan.sessionId, headCount(settled.roster, state, plan.on).presentCount)
    if (!plan.cancelled && confirm !== undefined) await site.testify(ADMINISTRATOR, confirm)
  }
  await site.act(ADMINISTRATOR, 'completeClass', { classId: CLASS_ID, completedOn: TODAY })
}

/** The office does something, and what it was; the law may say no to it, which is as good. */
export async function randomAct(site: SimulatedSite, random: SeededRandom): Promise<string> {
  const classId = CLASS_ID
  const traineeId = random.pick(EVERYBODY)
  const dice = random.next()
  const told = (what: string, done: boolean) => `${what}${done ? '' : ', refused'}`
  if (dice < 0.15) {
    const body = { classId, trainees: [{ traineeId, wishRank: null }] }
    return told(`enrolls ${traineeId}`, await site.act(ADMINISTRATOR, 'enrollTrainees', body))
  }
  if (dice < 0.3) {
    const body = { classId, traineeId, withdrawnOn: TODAY, reason: 'illness' } as const
    return told(`withdraws ${traineeId}`, await site.act(ADMINISTRATOR, 'withdrawTrainee', body))
  }
  if (dice < 0.4) {
    const planned = { sessionId: random.pick(SESSIONS), on: TODAY, startsAt: '08:30', minutes: 90 } as const
    const session = planned as Parameters<typeof site.act<'changeSession'>>[2]['session']
    const body = { classId, session, cancelled: random.chance(0.3), reason: 'rescheduled' } as const
    return told(`changes ${session.sessionId}`, await site.act(ADMINISTRATOR, 'changeSession', body))
  }
  if (dice < 0.5) return setEnabled(site, random)
  if (dice < 0.6) {
    await settleFindings(site, random, await site.store.read(site.context.facilityId, readClass))
    return 'settles findings'
  }
  if (dice < 0.65) {
    const body = { traineeId: NEWCOMER, leftOn: TODAY as CalendarDate, reason: 'transferred' } as const
    return told(`lets ${NEWCOMER} go`, await site.act(ADMINISTRATOR, 'recordDeparture', body))
  }
  await finishClass(site, random)
  if (random.chance(0.4)) await finishClass(site, random)
  return 'does what ends the class'
}

async function setEnabled(site: SimulatedSite, random: SeededRandom): Promise<string> {
  const staffId = random.pick(TEACHERS).actorId as string as Parameters<typeof site.act<'enableStaff'>>[2]['staffId']
  const act = random.chance(0.5) ? 'disableStaff' : 'enableStaff'
  return `${act} ${staffId}${(await site.act(ADMINISTRATOR, act, { staffId })) ? '' : ', refused'}`
}
