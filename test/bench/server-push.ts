// The server alone: how many entries a second it takes in batches of 500, checked, judged, chained and folded, beside the bare inserts of the
// same rows into the same kind of file.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ChainedEntry } from '#test/support/test-chain.ts'
import { valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'
import { joinOffice, startCopy, temporaryFolder } from './facility.ts'
import { type Benchmark, timed } from './measure.ts'
import { classIdOf, LESSON_COUNT, makeSeason, sessionIdOf, TEACHER } from './season.ts'

const BATCH = 500
const BATCHES_A_SAMPLE = 8
const SAMPLES = 5
const BARE = 'bare SQLite, WAL and FULL: the same rows inserted, 500 a transaction'

/** One table with the columns an entry is found by and their three indexes, and nothing else. */
function openBare(): { insertAll(rows: readonly ChainedEntry[]): void; close(): void } {
  const database = new Database(join(temporaryFolder(), 'bare.sqlite'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec(`create table entries (device text, epoch text, seq integer, id text, stream text, position integer, text text,
    primary key (device, epoch, seq)); create unique index by_position on entries (position); create index by_stream on entries (stream, position)`)
  const insert = database.prepare('insert into entries values (?, ?, ?, ?, ?, ?, ?)')
  let position = 0
  const insertAll = database.transaction((rows: readonly ChainedEntry[]) => {
    for (const { id, text, entry } of rows) {
      position += 1
      insert.run(entry.deviceId, entry.epoch, entry.seq, id, entry.stream, position, text)
    }
  })
  return { insertAll, close: () => void database.close() }
}

export const serverPush: Benchmark = {
  name: 'server-push',
  async run(note) {
    const season = await makeSeason()
    const facility = await startCopy(season.dataDir)
    const device = await joinOffice(facility, TEACHER.account, TEACHER.pin)
    for (const [index, group] of season.members.entries())
      for (let lesson = 1; lesson <= LESSON_COUNT; lesson += 1)
        for (const traineeId of group) {
          const where = { classId: classIdOf(index + 1), sessionId: sessionIdOf(lesson) }
          device.chain.record(aMark(traineeId, { ...where, actorId: TEACHER.staffId }))
        }
    const bare = openBare()
    const rates = { server: [] as number[], bare: [] as number[] }
    const rate = (ms: number) => (BATCH * BATCHES_A_SAMPLE * 1000) / ms
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const bodies = Array.from({ length: BATCHES_A_SAMPLE }, (_, batch) => {
        const fromSeq = (sample * BATCHES_A_SAMPLE + batch) * BATCH + 1
        return {
          body: device.chain.pushBody(fromSeq, BATCH),
          rows: device.chain.entries.slice(fromSeq - 1, fromSeq - 1 + BATCH),
        }
      })
      const pushed = await timed(async () => {
        for (const { body } of bodies) valueOf(await device.push(body))
      })
      const inserted = await timed(async () => {
        for (const { rows } of bodies) bare.insertAll(rows)
      })
      rates.server.push(rate(pushed.ms))
      rates.bare.push(rate(inserted.ms))
    }
    bare.close()
    await facility.stop()
    note({ name: BARE, unit: 'entries/s', samples: rates.bare })
    note({
      name: 'server process over HTTP: batches of 500 pushed until the receipt',
      unit: 'entries/s',
      samples: rates.server,
      ratioTo: BARE,
    })
  },
}
