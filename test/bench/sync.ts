// 20,000 marks: recorded through the client's write gate, pushed and pulled by its real sync in Chromium, beside a bare page and server.
import { openBrowser } from './browser-page.ts'
import { joinOffice, startCopy } from './facility.ts'
import { type Benchmark, loadNow, timed } from './measure.ts'
import { startRawServer } from './raw-server.ts'
import {
  CLASS_COUNT,
  CLASS_SIZE,
  classIdOf,
  LESSON_COUNT,
  makeSeason,
  type Season,
  sessionIdOf,
  TEACHER,
} from './season.ts'
import { openSyncPage } from './sync-build.ts'
import type { MarkPlan } from './sync-page.ts'
import { aMark } from '#test/support/test-lesson.ts'
import { valueOf } from '#test/support/test-device.ts'

const BATCH = 500
/** A turn takes a minute or two, five on a busy machine: another one begins only while there is time. */
const TURNS_MAX = 2
const ANOTHER_TURN_WITHIN_MS = 150_000
const COUNT = CLASS_COUNT * CLASS_SIZE * LESSON_COUNT

const ROWS = {
  rawCreate: `bare page: ${COUNT} strict IndexedDB writes, one a mark`,
  create: `client in Chromium: ${COUNT} marks recorded through the write gate, each strict`,
  rawPush: `bare page and bare server: the same ${COUNT} texts as JSON, ${BATCH} a request, into SQLite FULL`,
  push: `client in Chromium: ${COUNT} entries pushed, one sync round, until the last receipt is kept`,
  rawPull: `bare page and bare server: the same ${COUNT} rows pulled, ${BATCH} a page, into IndexedDB strict`,
  pull: `client in Chromium: a second profile pulls them, sealed rows of 400 people included, and folds`,
  server: `server alone: the same entries pushed from Node, ${BATCH} a batch, no client store`,
  serverPull: `server alone: everything pulled by Node, no client store`,
} as const

type Turn = Record<keyof typeof ROWS, number>

const EVERYTHING = (season: Season): MarkPlan => ({
  actorId: TEACHER.staffId,
  members: season.members,
  lessons: LESSON_COUNT,
})

/** Record, push and the bare counterparts in one profile; then pull in another. */
async function clientTurn(season: Season): Promise<Omit<Turn, 'server' | 'serverPull'>> {
  const facility = await startCopy(season.dataDir)
  const raw = await startRawServer()
  const tablet = await openBrowser(facility.url)
  await openSyncPage(tablet.page)
  await tablet.page.evaluate(async () => {
    await globalThis.syncBench.join()
    await globalThis.syncBench.level()
  })
  const created = await tablet.page.evaluate((plan) => globalThis.syncBench.record(plan), EVERYTHING(season))
  if (created.count !== COUNT) throw new Error(`${created.count} marks were recorded, not ${COUNT}`)
  const rawCreate = await tablet.page.evaluate((count) => globalThis.syncBench.rawCreate(count), COUNT)
  const pushed = await tablet.page.evaluate(() => globalThis.syncBench.round())
  if (pushed.unsent !== 0) throw new Error(`${pushed.unsent} entries were not sent`)
  const rawPushed = await tablet.page.evaluate(([url, batch]) => globalThis.syncBench.rawPush(url, batch), [
    raw.url,
    BATCH,
  ] as const)
  await tablet.close()
  const second = await openBrowser(facility.url)
  await openSyncPage(second.page)
  await second.page.evaluate(() => globalThis.syncBench.join())
  const pulled = await second.page.evaluate(() => globalThis.syncBench.round())
  if (pulled.cursor < COUNT || pulled.cursor !== pulled.head)
    throw new Error(`pulled to ${pulled.cursor} of ${pulled.head}`)
  const rawPull = await second.page.evaluate(([url, batch, count]) => globalThis.syncBench.rawPull(url, batch, count), [
    raw.url,
    BATCH,
    COUNT,
  ] as const)
  await second.close()
  await raw.stop()
  await facility.stop()
  return { create: created.ms, rawCreate, push: pushed.ms, rawPush: rawPushed.ms, pull: pulled.ms, rawPull }
}

async function serverTurn(season: Season): Promise<Pick<Turn, 'server' | 'serverPull'>> {
  const facility = await startCopy(season.dataDir)
  const device = await joinOffice(facility, TEACHER.account, TEACHER.pin)
  for (const [index, group] of season.members.entries())
    for (let lesson = 1; lesson <= LESSON_COUNT; lesson += 1)
      for (const traineeId of group)
        device.chain.record(
          aMark(traineeId, { classId: classIdOf(index + 1), sessionId: sessionIdOf(lesson), actorId: TEACHER.staffId }),
        )
  const pushed = await timed(() => device.pushAll(1, BATCH))
  valueOf(pushed.value)
  const pulled = await timed(() => device.pullAll())
  if (pulled.value.length < COUNT) throw new Error(`${pulled.value.length} lines were pulled`)
  await facility.stop()
  return { server: pushed.ms, serverPull: pulled.ms }
}

export const sync: Benchmark = {
  name: 'sync',
  async run(note, repeats) {
    const season = await makeSeason()
    const turns: Turn[] = []
    const count = Math.min(repeats, TURNS_MAX)
    const began = performance.now()
    for (let turn = 0; turn < count; turn += 1) {
      if (turn > 0 && performance.now() - began > ANOTHER_TURN_WITHIN_MS) break
      turns.push({ ...(await serverTurn(season)), ...(await clientTurn(season)) })
      console.error(`  turn ${turn + 1} of ${count}: ${JSON.stringify(turns.at(-1))}, load average ${loadNow()}`)
    }
    const row = (key: keyof Turn, ratioTo?: keyof Turn) =>
      note({
        name: ROWS[key],
        unit: 's',
        samples: turns.map((turn) => turn[key] / 1000),
        ...(ratioTo === undefined ? {} : { ratioTo: ROWS[ratioTo] }),
      })
    row('rawCreate')
    row('create', 'rawCreate')
    row('rawPush')
    row('push', 'rawPush')
    row('server', 'rawPush')
    row('rawPull')
    row('pull', 'rawPull')
    row('serverPull', 'rawPull')
  },
}
