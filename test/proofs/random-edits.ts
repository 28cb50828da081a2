// Proof: whatever is edited in a copied database is found by verify-ledger.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { prepareLedger } from '#server/ledger/prepare-ledger.ts'
import { verifyLedger } from '#server/ledger/verify-chain.ts'
import { openSqliteStore, sqliteStoreOver } from '#server/storage/sqlite/sqlite-store.ts'
import { type SeededRandom, seededRandom } from '#test/support/seeded-random.ts'
import { valueOf } from '#test/support/test-device.ts'
import { aMark, marks } from '#test/support/test-lesson.ts'
import { admitTestTrainees, foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'

const VERSION = '0.0.0-test'

export interface EditFigures {
  readonly edits: number
  readonly missed: readonly string[]
}

type Row = Readonly<Record<string, string | number | null>>

/** An edit done to a database, told in a few words; null when this one changes nothing. */
type Edit = (database: Database.Database, random: SeededRandom, rows: readonly Row[]) => string | null

function otherText(text: string, random: SeededRandom): string {
  const at = random.integer(0, text.length - 1)
  const turned = String.fromCharCode(text.charCodeAt(at) ^ (1 << random.integer(0, 4)))
  return random.pick([
    text.slice(0, at) + turned + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + text.charAt(at) + text.slice(at),
    `${text} `,
    '',
  ])
}

function otherValue(value: string | number | null, random: SeededRandom): string | number | null {
  if (typeof value === 'number')
    return random.pick([value + 1, value - 1, -value - 1, value + 1000, null, value * 2 + 1])
  if (value === null) return random.pick([1, 999_999, -1])
  return otherText(value, random)
}

const COLUMNS = [
  ...['facility_id', 'device_id', 'epoch', 'seq', 'id', 'stream', 'verdict', 'code', 'position', 'text'],
  ...['arrival', 'settled', 'link'],
]

const editCell: Edit = (database, random, rows) => {
  const row = random.pick(rows)
  const column = random.pick(COLUMNS)
  const before = row[column] ?? null
  const value = otherValue(before, random)
  // A refusal has a code and nothing else has; an empty one is the same as none.
  if (value === before || (column === 'code' && row.verdict !== 'refused')) return null
  database.prepare(`UPDATE entries SET ${column} = ? WHERE rowid = ?`).run(value, row.rowid)
  return `${column} of row ${String(row.rowid)}: ${String(before).slice(0, 40)} -> ${String(value).slice(0, 40)}`
}

const deleteRow: Edit = (database, random, rows) => {
  const { rowid } = random.pick(rows)
  database.prepare('DELETE FROM entries WHERE rowid = ?').run(rowid)
  return `row ${String(rowid)} deleted`
}

const insertRow: Edit = (database, random, rows) => {
  const row = { ...random.pick(rows) }
  const fresh: Record<string, string | number | null> = {
    ...row,
    seq: random.pick([Number(row.seq) + 1000, -1]),
    arrival: random.pick([null, -3, 0, 100_000, rows.length + 1]),
    position: random.pick([null, 100_000, -7, rows.length + 1]),
  }
  const columns = COLUMNS.join(', ')
  database
    .prepare(`INSERT INTO entries (${columns}) VALUES (${COLUMNS.map(() => '?').join(', ')})`)
    .run(...COLUMNS.map((column) => fresh[column] ?? null))
  return `row ${String(row.rowid)} inserted again as ${String(fresh.seq)} ${String(fresh.arrival)}`
}

const swapRows: Edit = (database, random, rows) => {
  const [one, other] = [random.pick(rows), random.pick(rows)]
  const sets = [
    ['position'],
    ['arrival'],
    ['position', 'arrival'],
    ['position', 'arrival', 'link'],
    ['text'],
    ['id', 'text'],
    ['seq'],
    ['link'],
  ]
  const columns = random.pick(sets)
  if (columns.every((column) => one[column] === other[column])) return null
  const set = (values: readonly unknown[], rowid: unknown) =>
    database
      .prepare(`UPDATE entries SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE rowid = ?`)
      .run(...values, rowid)
  set(
    columns.map((column) => (typeof one[column] === 'string' ? 'elsewhere' : -12_345)),
    one.rowid,
  )
  set(
    columns.map((column) => one[column] ?? null),
    other.rowid,
  )
  set(
    columns.map((column) => other[column] ?? null),
    one.rowid,
  )
  return `${columns.join(' and ')} of rows ${String(one.rowid)} and ${String(other.rowid)} swapped`
}

const editHead: Edit = (database, random) => {
  const row = database.prepare<[], Row>('SELECT * FROM heads').get() ?? {}
  const column = random.pick(['position', 'arrival', 'hash'])
  const value = otherValue(row[column] ?? null, random)
  if (value === null) return null
  database.prepare(`UPDATE heads SET ${column} = ?`).run(value)
  return `${column} of the head -> ${String(value).slice(0, 40)}`
}

const editChainHead: Edit = (database, random) => {
  const rows = database.prepare<[], Row>(`SELECT key, value FROM records WHERE collection = 'chain'`).all()
  const { key, value } = random.pick(rows)
  const head = JSON.parse(String(value)) as { lastSeq: number; head: string; signed: { signature: string } }
  if (random.chance(0.5)) head.lastSeq += random.pick([1, -1])
  else head.head = otherText(head.head, random)
  database.prepare(`UPDATE records SET value = ? WHERE key = ?`).run(JSON.stringify(head), key)
  return `chain head of ${String(key)}`
}

const editState: Edit = (database, random) => {
  const rows = database.prepare<[], Row>('SELECT rowid, stream, position, state FROM states').all()
  const row = random.pick(rows)
  if (random.chance(0.2)) database.prepare('DELETE FROM states WHERE rowid = ?').run(row.rowid)
  else if (random.chance(0.2))
    database.prepare('UPDATE states SET position = position + 1 WHERE rowid = ?').run(row.rowid)
  else {
    const state = { ...(JSON.parse(String(row.state)) as object), addedByHand: random.integer(1, 9) }
    database.prepare('UPDATE states SET state = ? WHERE rowid = ?').run(JSON.stringify(state), row.rowid)
  }
  return `state of ${String(row.stream)}`
}

const EDITS: readonly Edit[] = [
  editCell,
  editCell,
  editCell,
  deleteRow,
  insertRow,
  swapRows,
  swapRows,
  editHead,
  editChainHead,
  editState,
]

/** What the database itself refuses is no edit. */
function tryEdit(database: Database.Database, edit: (database: Database.Database) => string | null): string | null {
  try {
    return edit(database)
  } catch (reason) {
    if (reason instanceof Database.SqliteError && reason.code.startsWith('SQLITE_CONSTRAINT')) return null
    throw reason
  }
}

/** A ledger with every kind of row: recorded, refused, held, settled later, by two tablets and the server. */
async function makeLedger(file: string): Promise<TestServer> {
  const server = await startTestServer({ store: await openSqliteStore(file), listens: false })
  await foundTestFacility(server)
  await admitTestTrainees(server, ['T1', 'T2'])
  for (let tablet = 0; tablet < 2; tablet += 1) {
    const { chain, ...device } = await server.join('instructor')
    for (const draft of marks(20, { sessionId: `L${String(tablet)}` })) chain.record(draft)
    chain.record(aMark('T1', { actorId: 'NOBODY' }))
    chain.record({ ...aMark('T1'), kind: 'attendance.sketched.v9', body: {} })
    chain.record({ ...aMark('T1'), kind: 'attendance.sketched.v9', body: { again: true } })
    valueOf(await device.pushAll(1, 10))
  }
  await server.context.store.transaction(server.context.facilityId, async (tx) => {
    const [held] = await tx.entries.held()
    if (held !== undefined) await tx.entries.settleHeld(held, { status: 'refused', code: 'malformed' })
  })
  await server.join('kiosk')
  await prepareLedger(server.context, VERSION, () => undefined)
  return server
}

/** Edits a copy `edits` times, each time a fresh one, and asks the proof. */
export async function proveRandomEdits(edits: number, seed = 1): Promise<EditFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-edits-'))
  const file = join(folder, 'ledger.sqlite')
  const server = await makeLedger(file)
  const { facilityId, serverKeys } = server.context
  await server.stop()
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true })
  const random = seededRandom(seed)
  const proveAfter = async (edit: (database: Database.Database) => string | null) => {
    // A file in WAL mode cannot be opened from memory; these two bytes say which mode it is in.
    const copy = Buffer.from(bytes)
    copy[18] = 1
    copy[19] = 1
    const database = new Database(copy)
    database.exec(
      'DROP TRIGGER entries_stay; DROP TRIGGER entries_remain; DROP INDEX entries_by_position; DROP INDEX entries_by_arrival',
    )
    const told = tryEdit(database, edit)
    const store = sqliteStoreOver(database)
    const proof = await store.read(facilityId, (view) => verifyLedger(view, serverKeys, VERSION))
    await store.close()
    return { told, proof }
  }
  const { proof } = await proveAfter(() => null)
  if (proof.firstFlaw !== null) throw new Error(`the ledger had a flaw before: ${JSON.stringify(proof.firstFlaw)}`)
  const missed: string[] = []
  for (let done = 0; done < edits; ) {
    const edited = await proveAfter((database) =>
      random.pick(EDITS)(database, random, database.prepare<[], Row>('SELECT rowid, * FROM entries').all()),
    )
    if (edited.told === null) continue
    done += 1
    if (edited.proof.firstFlaw === null) missed.push(edited.told)
  }
  return { edits, missed }
}
