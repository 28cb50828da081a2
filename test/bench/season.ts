// A season of lessons to record: 400 people in 10 classes of 40, 50 lessons each, the last of them today. 20,000 marks fit into it.
import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import type { StreamId } from '#contract/envelope.ts'
import type { BodyOf, EntryKind } from '#contract/kind-registry.ts'
import { trainingClassKinds } from '#contract/kinds/training-class.ts'
import type { CalendarDate, ClassId, ProviderId, StaffId, TraineeId } from '#contract/values.ts'
import { addDays } from '#domain/shared/calendar.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { actPerformers } from '#server/acts/performers.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { loadFamily } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import { makeFirstFacility } from '#server/tasks/first-start.ts'
import { openFacility } from '#server/tasks/open-facility.ts'
import { joinOffice, startFacility, temporaryFolder } from './facility.ts'
import { confirm, dryRun, rosterCsv } from './people-roster.ts'

export const CLASS_COUNT = 10
export const CLASS_SIZE = 40
export const LESSON_COUNT = 50
export const TEACHER = { account: 'teacher1', pin: '280946', staffId: 'TEACHER1' }
const ADMINISTRATOR = { account: 'admin1', pin: '739152', staffId: 'ADMIN1' }
const PROVIDER = 'P1' as ProviderId

export const classIdOf = (index: number): string => `C${index}`
/** Lesson 1 is the first, lesson 50 that of today. */
export const sessionIdOf = (index: number): string => `L${index}`

/** A season's data folder, and who is in which class. */
export interface Season {
  readonly dataDir: string
  readonly members: readonly (readonly string[])[]
}

const sources = { nowMs: Date.now, random: (count: number) => randomFillSync(new Uint8Array(count)) }

async function found(context: ServerContext): Promise<void> {
  const does = async (outcome: ReturnType<typeof runAct>) => {
    const { ok, ...rest } = await outcome
    if (!ok) throw new Error(`the season was refused: ${JSON.stringify(rest)}`)
  }
  await does(
    runAct(context, SERVER_ACTOR, 'foundFacility', {
      name: '示例监狱',
      facilityKind: 'prison',
      cityCode: '340100',
      demonstration: true,
    }),
  )
  const qualificationValidUntil = addDays(context.clock.today(), 365)
  const provider = {
    providerId: PROVIDER,
    code: 'SLJX',
    name: '示例技工学校',
    qualification: '示例资质',
    qualificationValidUntil,
  }
  await does(runAct(context, SERVER_ACTOR, 'registerProvider', { ...provider, skillLevels: [5, 4] }))
  for (const [staffRole, { staffId, account, pin }] of [
    ['administrator', ADMINISTRATOR],
    ['instructor', TEACHER],
  ] as const) {
    const providerId = staffRole === 'instructor' ? PROVIDER : null
    await does(
      runAct(context, SERVER_ACTOR, 'appointStaff', {
        staffId: staffId as StaffId,
        account,
        staffRole,
        providerId,
        displayName: account,
        pin,
      }),
    )
  }
}

function draft<K extends EntryKind>(stream: StreamId, kind: K, body: BodyOf<K>, on: CalendarDate): EntryDraft {
  return { stream, kind, body, occurredOn: on, basedOn: null } as EntryDraft
}

function classDrafts(index: number, members: readonly TraineeId[], today: CalendarDate): readonly EntryDraft[] {
  const classId = classIdOf(index) as ClassId
  const startsOn = addDays(today, 1 - LESSON_COUNT)
  const sessions = Array.from({ length: LESSON_COUNT }, (_, place) => ({
    sessionId: sessionIdOf(place + 1),
    on: addDays(startsOn, place),
    startsAt: '00:00',
    minutes: 270,
  }))
  const plan = trainingClassKinds['class.planned.v1'].parse({
    classId,
    classNumber: `2026-${String(100 + index)}`,
    occupationId: 'sewing-worker',
    skillLevel: 5,
    syllabusId: 'Y1',
    providerId: PROVIDER,
    instructorIds: [TEACHER.staffId],
    roomId: 'R1',
    startsOn,
    endsOn: today,
    seatCap: CLASS_SIZE,
    certificateKind: 'training',
    sessions,
  })
  const stream: StreamId = `class/${classId}`
  return [
    draft(stream, 'class.planned.v1', plan, startsOn),
    ...members.map((traineeId) =>
      draft(`${stream}/roster` as StreamId, 'enrollment.enrolled.v1', { classId, traineeId, wishRank: null }, startsOn),
    ),
    draft(stream, 'class.opened.v1', { classId, openedOn: startsOn }, startsOn),
  ]
}

let made: Promise<Season> | null = null

async function make(): Promise<Season> {
  const dataDir = join(temporaryFolder(), 'data')
  await makeFirstFacility({ dataDir, databaseUrl: null }, actPerformers, sources, found)
  const server = await startFacility(dataDir)
  const office = await joinOffice(server, ADMINISTRATOR.account, ADMINISTRATOR.pin)
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) as CalendarDate
  await confirm(office, await dryRun(office, rosterCsv(CLASS_COUNT * CLASS_SIZE, today)))
  await server.stop()
  const context = await openFacility({ dataDir, databaseUrl: null }, actPerformers, sources)
  const members = await context.store.transaction(context.facilityId, async (tx) => {
    const ids = (await loadFamily(tx, 'trainee')).map(({ state }) => state.traineeId as TraineeId).sort()
    const groups = Array.from({ length: CLASS_COUNT }, (_, index) =>
      ids.slice(index * CLASS_SIZE, (index + 1) * CLASS_SIZE),
    )
    for (const [index, group] of groups.entries())
      await appendAsServer(tx, context, SERVER_ACTOR, classDrafts(index + 1, group, today))
    return groups
  })
  await context.store.close()
  return { dataDir, members }
}

/** The season, made once. */
export function makeSeason(): Promise<Season> {
  made ??= make()
  return made
}
