// Proof: a server killed at any moment under load loses no acknowledged entry and gives none two positions.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataPlace } from '#server/tasks/open-facility.ts'
import { environmentOf, foundPlace, joinCodeAt } from '#test/support/founded-place.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { runServerProgram, type ServerProcess, startServerProcess } from '#test/support/server-process.ts'
import { joinTestDevice, type JsonAnswer, makeTestDevice, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { aMark } from '#test/support/test-lesson.ts'
import { httpTransport } from '#test/support/transport.ts'
import type { PushAnswer } from '#contract/sync.ts'

/** What the kills did: how many, how many entries were acknowledged before or after one, and how many of those were lost or doubled. */
export interface KillFigures {
  readonly store: 'sqlite' | 'postgres'
  readonly kills: number
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  readonly isProven: boolean
}

const TABLETS = 3
const BATCH = 10
const LOAD_MS_MAX = 50
const PUSHES_BEFORE_MAX = 8

interface Tablet {
  device: TestDevice
  /** Position by seq, as acknowledged. */
  readonly acknowledged: Map<number, number>
}

function noteVerdicts({ acknowledged }: Tablet, answer: JsonAnswer<PushAnswer>): void {
  for (const verdict of valueOf(answer).verdicts) {
    if (verdict.status !== 'recorded' && verdict.status !== 'duplicate') throw new Error(`a mark was ${verdict.status}`)
    acknowledged.set(verdict.seq, verdict.position ?? 0)
  }
}

/** Pushes until the connection breaks. */
async function pushOn(tablet: Tablet, name: number, onPushed: () => void): Promise<void> {
  const { chain } = tablet.device
  for (let next = tablet.acknowledged.size + 1; ; next += BATCH) {
    while (chain.entries.length < next + BATCH - 1)
      chain.record(aMark(`T${String(chain.entries.length)}`, { sessionId: `L${String(name)}` }))
    const answer = await tablet.device.push(chain.pushBody(next, BATCH)).catch(() => null)
    if (answer === null) return
    noteVerdicts(tablet, answer)
    onPushed()
  }
}

/** Pushes everything that was ever sent again: what is known answers with its position. Answers the positions that differ. */
async function pushAgain(tablet: Tablet): Promise<{ lost: number; doubled: number }> {
  const before = new Map(tablet.acknowledged)
  let [lost, doubled] = [0, 0]
  const { chain } = tablet.device
  const last = Math.max(0, ...before.keys())
  for (let fromSeq = 1; fromSeq <= last; fromSeq += 500) {
    const count = Math.min(500, last - fromSeq + 1)
    const { verdicts } = valueOf(await tablet.device.push(chain.pushBody(fromSeq, count)))
    for (const verdict of verdicts) {
      const position = 'position' in verdict ? verdict.position : null
      if (verdict.status !== 'duplicate') lost += 1
      else if (before.get(verdict.seq) !== position) doubled += 1
    }
  }
  return { lost, doubled }
}

/** Kills a server `kills` times. Every kill comes at a random moment of three tablets' pushing. */
export async function proveServerKills(store: 'sqlite' | 'postgres', kills: number, seed = 1): Promise<KillFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-kills-'))
  const dataDir = join(folder, 'data')
  const place: DataPlace = { dataDir, databaseUrl: store === 'postgres' ? await freshDatabase('empty') : null }
  const random = seededRandom(seed)
  let server: ServerProcess | null = null
  let running: readonly Promise<void>[] = []
  let [lost, doubled] = [0, 0]
  try {
    await foundPlace(place)
    server = await startServerProcess([], environmentOf(place))
    const tablets: Tablet[] = []
    for (let tablet = 1; tablet <= TABLETS; tablet += 1) {
      const code = await joinCodeAt(place, 'instructor')
      const device = await joinTestDevice(httpTransport(server.url), { code, seed: random.bytes(32) })
      tablets.push({ device, acknowledged: new Map() })
    }
    for (let kill = 1; kill <= kills; kill += 1) {
      let pushes = random.integer(1, PUSHES_BEFORE_MAX)
      const pushing = new Promise<void>((resolve, reject) => {
        const onPushed = () => {
          pushes -= 1
          if (pushes === 0) resolve()
        }
        running = tablets.map((tablet, index) => pushOn(tablet, index, onPushed))
        Promise.all(running).catch(reject)
      })
      await pushing
      // More are on their way when the kill comes, and it comes wherever it comes.
      await new Promise((resolve) => setTimeout(resolve, random.integer(0, LOAD_MS_MAX)))
      await server.stop('SIGKILL')
      await Promise.all(running)
      server = await startServerProcess([], environmentOf(place))
      const transport = httpTransport(server.url)
      for (const tablet of tablets) {
        const { joined, key, chain } = tablet.device
        const again = makeTestDevice(transport, joined, key, `${chain.epoch}-${String(kill)}`)
        tablet.device = { ...again, chain }
        const found = await pushAgain(tablet)
        lost += found.lost
        doubled += found.doubled
      }
    }
    const pulled = await (tablets[0] as Tablet).device.pullAll()
    const textAt = new Map(pulled.map(({ position, text }) => [position, text]))
    for (const { device, acknowledged } of tablets)
      for (const [seq, position] of acknowledged)
        if (textAt.get(position) !== device.chain.entries[seq - 1]?.text) lost += 1
    const positions = tablets.flatMap(({ acknowledged }) => [...acknowledged.values()])
    doubled += positions.length - new Set(positions).size
    await server.stop('SIGTERM')
    server = null
    const verified = await runServerProgram('src/server/tasks/main.ts', ['verify-ledger'], environmentOf(place))
    return { store, kills, acknowledged: positions.length, lost, doubled, isProven: verified.code === 0 }
  } finally {
    await server?.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}
