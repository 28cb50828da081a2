// What grows with the archive, and what does not: `npm run bench -- scale [--entries 400000] [--store sqlite|postgres]`.
// 400,000 entries are a stress facility's year; 4,000,000 those of a province of sixty facilities.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { acceptBatch } from '#server/ledger/accept-batch.ts'
import { commitOutcome } from '#server/ledger/commit-outcome.ts'
import { feedBody, readFeed } from '#server/ledger/feed.ts'
import { verifyLedger } from '#server/ledger/verify-chain.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { openPostgresStore } from '#server/storage/postgres/postgres-store.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { freshDatabase, stopPostgres } from '#test/support/postgres.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { temporaryFolder } from './facility.ts'
import { type Benchmark, type Note, timed } from './measure.ts'
import { foundLoaded, LESSONS, type LoadedFacility, MARKS_A_CLASS, sessionOf, VERSION } from './scale-load.ts'

const CLASSES_A_FACILITY = 250
const FACILITIES_OF_A_PROVINCE = 60
const PUSH = 500
const PUSHES = 10
const SAMPLES = 200

type StoreName = 'sqlite' | 'postgres'

interface Opened {
  readonly store: LedgerStore
  bytes(): Promise<number>
}

async function openSqlite(): Promise<Opened> {
  const file = join(temporaryFolder(), 'ledger.sqlite')
  const sizeOf = (ending: string) => statSync(file + ending, { throwIfNoEntry: false })?.size ?? 0
  return { store: await openSqliteStore(file), bytes: async () => sizeOf('') + sizeOf('-wal') }
}

async function openPostgres(): Promise<Opened> {
  const url = await freshDatabase()
  return {
    store: await openPostgresStore(url),
    async bytes() {
      const client = new Client({ connectionString: url })
      await client.connect()
      const query = `SELECT sum(pg_total_relation_size(c.oid))::float8 AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'xincheng' AND c.relkind = 'r'`
      const { rows } = await client.query<{ bytes: number }>(query)
      await client.end()
      return rows[0]?.bytes ?? 0
    },
  }
}

const OPEN: Readonly<Record<StoreName, () => Promise<Opened>>> = { sqlite: openSqlite, postgres: openPostgres }

/** Spread over the facilities of a province when that is more than one facility has. */
async function loadAll(store: LedgerStore, entries: number): Promise<readonly LoadedFacility[]> {
  const classes = Math.ceil(entries / MARKS_A_CLASS)
  const count = classes > CLASSES_A_FACILITY ? FACILITIES_OF_A_PROVINCE : 1
  const facilities: LoadedFacility[] = []
  for (let number = 1; number <= count; number += 1) {
    const facility = await foundLoaded(store, number)
    await facility.load(Math.ceil(classes / count))
    facilities.push(facility)
    if (count > 1) console.error(`facility ${number} of ${count}`)
  }
  return facilities
}

async function pushes(facility: LoadedFacility): Promise<number[]> {
  const rates: number[] = []
  for (let turn = 0; turn < PUSHES; turn += 1) {
    const batch = facility.nextBatch(PUSH)
    const { ms, value } = await timed(() =>
      commitOutcome(facility.context, (tx) => acceptBatch(tx, facility.context, facility.device, batch)),
    )
    if (!value.ok) throw new Error(`a push was answered ${value.problem.code}`)
    rates.push((PUSH * 1000) / ms)
  }
  return rates
}

async function reads({ context, device }: LoadedFacility, classes: number) {
  const random = seededRandom(7)
  const { store, facilityId } = context
  const read = <Value>(work: Parameters<typeof store.read<Value>>[1]) => timed(() => store.read(facilityId, work))
  const head = (await read((view) => view.entries.headPosition())).value
  const [pulls, opens]: [number[], number[]] = [[], []]
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const after = random.integer(0, Math.max(0, head - 500))
    pulls.push((await read(async (view) => feedBody(await readFeed(view, context, device, after)))).ms)
    const number = random.integer(1, classes)
    const open = await read(async (view) => {
      for (let lesson = 1; lesson <= LESSONS; lesson += 1) await view.states.get(sessionOf(number, lesson))
    })
    opens.push(open.ms)
  }
  return { pulls, opens }
}

async function measure(note: Note, name: StoreName, entries: number): Promise<void> {
  const opened = await OPEN[name]()
  const of = `scale, ${name}, ${(entries / 1e6).toFixed(1)} M entries: `
  try {
    const loaded = await timed(() => loadAll(opened.store, entries))
    const facilities = loaded.value
    note({ name: `${of}bulk load, folded`, unit: 'entries/s', samples: [(entries * 1000) / loaded.ms] })
    const bytes = await opened.bytes()
    note({ name: `${of}size of everything`, unit: 'MB', samples: [bytes / 1e6] })
    note({ name: `${of}bytes an entry, indexes and states included`, unit: 'bytes', samples: [bytes / entries] })
    const last = facilities.at(-1)
    if (last === undefined) return
    note({ name: `${of}push of 500 until the commit`, unit: 'entries/s', samples: await pushes(last) })
    const { pulls, opens } = await reads(last, Math.ceil(entries / MARKS_A_CLASS / facilities.length))
    note({ name: `${of}a page of 500 pulled`, unit: 'ms', samples: pulls })
    note({ name: `${of}a class opened, 40 lessons`, unit: 'ms', samples: opens })
    const { store, facilityId, serverKeys } = last.context
    const verified = await timed(() => store.read(facilityId, (view) => verifyLedger(view, serverKeys, VERSION)))
    if (verified.value.firstFlaw !== null) throw new Error(JSON.stringify(verified.value.firstFlaw))
    const rate = (verified.value.entryCount * 1000) / verified.ms
    note({ name: `${of}verify-ledger, one facility, states too`, unit: 'entries/s', samples: [rate] })
  } finally {
    await opened.store.close()
  }
}

/** The benchmark for one size; both stores unless one is named. */
export function scaleOf(entries: number, only: string | undefined): Benchmark {
  return {
    name: 'scale',
    async run(note) {
      try {
        for (const name of ['sqlite', 'postgres'] as const) {
          if (only === undefined || only === name) await measure(note, name, entries)
        }
      } finally {
        await stopPostgres()
      }
    },
  }
}
