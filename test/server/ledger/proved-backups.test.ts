// What is safe to drop: only what every kept backup of this server epoch holds, signed by the server.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Instant } from '#contract/values.ts'
import { type ChainEnds, chainEnds, noteProvedBackup, safeMarkFor } from '#server/ledger/proved-backups.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { type TestDevice, valueOf } from '#test/support/test-device.ts'
import { marks } from '#test/support/test-lesson.ts'

let server: TestServer
let tablet: TestDevice
beforeEach(async () => {
  server = await startTestServer({ listens: false })
  await foundTestFacility(server)
  tablet = await server.join('instructor')
})
afterEach(() => server.stop())

const night = (day: number) => `2026-11-0${String(day)}T18:30:00.000Z` as Instant
const endsNow = () => server.context.store.read(server.context.facilityId, (view) => chainEnds(view, server.context))
const proved = (day: number, ends: ChainEnds, kept: readonly number[]) =>
  server.context.store.transaction(server.context.facilityId, (tx) =>
    noteProvedBackup(tx, night(day), ends, kept.map(night)),
  )
async function pushed(count: number): Promise<number | undefined> {
  for (const draft of marks(count)) tablet.chain.record(draft)
  return valueOf(await tablet.pushAll()).safe?.safeSeq
}

it('[SYN-2] is nothing before the first proved backup, and then what lay there when it began', async () => {
  expect(await pushed(3)).toBe(0)
  const ends = await endsNow()
  expect(await pushed(2)).toBe(0)
  await proved(1, ends, [1])
  expect(await pushed(1)).toBe(3)
})

it('[SYN-2] is what the oldest kept backup holds, and moves when that one is cleared away', async () => {
  await pushed(3)
  await proved(1, await endsNow(), [1])
  await pushed(4)
  await proved(2, await endsNow(), [2, 1])
  expect(await pushed(1)).toBe(3)
  await proved(3, await endsNow(), [3, 2])
  expect(await pushed(1)).toBe(7)
})

it('[SYN-2] is nothing while a backup is kept of which it is not known what it holds', async () => {
  await pushed(3)
  await proved(2, await endsNow(), [2, 1])
  expect(await pushed(1)).toBe(0)
})

it('[SYN-2] is nothing after the server itself was put back, until all backups are of its new epoch', async () => {
  await pushed(3)
  const ends = await endsNow()
  await proved(1, { ...ends, serverEpoch: 'before-0001' }, [1])
  expect(await pushed(1)).toBe(0)
  await proved(2, await endsNow(), [2, 1])
  expect(await pushed(1)).toBe(0)
  await proved(3, await endsNow(), [3, 2])
  expect(await pushed(1)).toBe(4)
})

it('[SYN-2] of a chain the backup does not hold is nothing', async () => {
  await pushed(1)
  await proved(1, await endsNow(), [1])
  const other = await server.join('instructor')
  const mark = await server.context.store.read(server.context.facilityId, (view) =>
    safeMarkFor(view, server.context, { deviceId: other.joined.deviceId, epoch: other.chain.epoch }),
  )
  expect(mark.safeSeq).toBe(0)
})
