// Proof: after a restore from an older backup, tablets that sync again lose nothing.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actPerformers } from '#server/acts/performers.ts'
import { verifyLedger } from '#server/ledger/verify-chain.ts'
import { writeBackup } from '#server/tasks/backup-file.ts'
import { type DataPlace, openFacility } from '#server/tasks/open-facility.ts'
import { restoreTask } from '#server/tasks/restore.ts'
import { foundPlace } from '#test/support/founded-place.ts'
import { seededRandom, type SeededRandom } from '#test/support/seeded-random.ts'
import { makeTestDevice, type TestDevice } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'
import { startTestServer, type TestServer } from '#test/support/test-server.ts'
import { readKeyFile } from '#server/devices/key-files.ts'

export interface RestoreFigures {
  readonly restores: number
  /** How many entries the backups lacked and the tablets brought again. */
  readonly broughtAgain: number
  readonly lost: number
  readonly flawed: number
}

const TABLETS = 3

interface Tablet {
  device: TestDevice
  serverEpoch: string
  /** How many of its entries this server has, as the tablet knows. */
  acknowledged: number
}

async function serve({ dataDir, databaseUrl }: DataPlace, random: SeededRandom): Promise<TestServer> {
  const machine = {
    nowMs: () => Date.parse('2026-11-02T01:00:00.000Z'),
    random: (count: number) => random.bytes(count),
  }
  const { store, serverKeys } = await openFacility({ dataDir, databaseUrl }, actPerformers, machine)
  const keys = { ...readKeyFile(dataDir), epoch: serverKeys.epoch }
  return startTestServer({ store, dataDir, keys, listens: false, seed: random.integer(1, 1_000_000) })
}

/** What a tablet does with each receipt: another epoch means that the server went back, so everything it lacks is pushed again. */
async function sync(tablet: Tablet): Promise<void> {
  const { device } = tablet
  for (let fromSeq = tablet.acknowledged + 1; ; ) {
    const answer = await device.push(device.chain.pushBody(fromSeq, 50))
    if (!answer.ok) {
      if (answer.problem.code !== 'chain-gap') throw new Error(`a push was answered ${answer.problem.code}`)
      fromSeq = answer.problem.expectSeq ?? 1
      continue
    }
    const { receipt } = answer.value
    tablet.acknowledged = receipt.lastSeq
    if (receipt.serverEpoch !== tablet.serverEpoch) {
      tablet.serverEpoch = receipt.serverEpoch
      fromSeq = 1
      continue
    }
    if (receipt.lastSeq >= device.chain.entries.length) return
    fromSeq = receipt.lastSeq + 1
  }
}

function recordSome({ device: { chain } }: Tablet, random: SeededRandom, count: number): void {
  for (let mark = 0; mark < count; mark += 1)
    chain.record(aMark(`T${String(random.integer(1, 30))}`, { sessionId: `L${String(random.integer(1, 9))}` }))
}

async function missing(server: TestServer, tablets: readonly Tablet[]): Promise<number> {
  const pulled = await (await server.join('office')).pullAll()
  const texts = new Map<string, number>()
  for (const { text } of pulled) texts.set(text, (texts.get(text) ?? 0) + 1)
  const all = tablets.flatMap(({ device }) => device.chain.entries)
  return all.filter(({ text }) => texts.get(text) !== 1).length
}

/** Restores `restores` times; each time from a backup some pushes ago. With `databaseUrl` the ledger is in PostgreSQL. */
export async function proveRestores(
  restores: number,
  databaseUrl: string | null = null,
  seed = 1,
): Promise<RestoreFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-restores-'))
  const place: DataPlace = { dataDir: join(folder, 'data'), databaseUrl }
  mkdirSync(place.dataDir)
  const random = seededRandom(seed)
  let [broughtAgain, lost, flawed] = [0, 0, 0]
  try {
    await foundPlace(place)
    let server = await serve(place, random)
    const tablets: Tablet[] = []
    for (let tablet = 0; tablet < TABLETS; tablet += 1) {
      const device = await server.join('instructor')
      tablets.push({ device, serverEpoch: device.joined.serverEpoch, acknowledged: 0 })
    }
    const some = async () => {
      for (const tablet of random.shuffle(tablets)) {
        recordSome(tablet, random, random.integer(0, 8))
        if (random.chance(0.7)) await sync(tablet)
      }
    }
    for (let restore = 1; restore <= restores; restore += 1) {
      await some()
      const file = join(folder, `backup-${String(restore)}.sqlite`)
      await writeBackup(server.context, file)
      const before = tablets.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
      for (let more = random.integer(1, 3); more > 0; more -= 1) await some()
      broughtAgain += tablets.reduce((sum, { acknowledged }) => sum + acknowledged, 0) - before
      await server.stop()
      const report = await restoreTask(place, { nowMs: Date.now, random: (count) => random.bytes(count) }, [file])
      if (!report.ok) throw new Error(`restore ${String(restore)} was refused: ${report.sentence}`)
      rmSync(file)
      server = await serve(place, random)
      for (const tablet of tablets) {
        const { joined, key, chain } = tablet.device
        const again = makeTestDevice(server.transport, joined, key, `${chain.epoch}-${String(restore)}`)
        tablet.device = { ...again, push: (...given) => again.push(...given), chain }
        await sync(tablet)
      }
      lost += await missing(server, tablets)
      const { store, facilityId, serverKeys } = server.context
      const { firstFlaw } = await store.read(facilityId, (view) => verifyLedger(view, serverKeys))
      if (firstFlaw !== null) flawed += 1
    }
    await server.stop()
    return { restores, broughtAgain, lost, flawed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
