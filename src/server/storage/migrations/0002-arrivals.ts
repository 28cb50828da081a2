// Binds entries to the order of events, and makes what was recorded unchangeable. The word of a stream's root is read from the stream itself.
import { type Kysely, sql } from 'kysely'
import { EMPTY_HEAD, type EventSubject, linkOf, nextHead } from '../arrival-chain.ts'
import type { LedgerHead, StoredVerdict } from '../ledger-store.ts'

const PAGE = 5000

interface OldRow {
  readonly rowid: number
  readonly facility_id: string
  readonly device_id: EventSubject['deviceId']
  readonly epoch: string
  readonly seq: number
  readonly id: EventSubject['id']
  readonly verdict: StoredVerdict['status']
  readonly code: string | null
  readonly position: number | null
}

const HELD: StoredVerdict = { status: 'held' }
const verdictOf = ({ verdict, code }: OldRow): StoredVerdict =>
  verdict === 'refused' ? { status: verdict, code: code ?? '' } : { status: verdict }
const subjectOf = ({ id, device_id: deviceId, epoch, seq }: OldRow): EventSubject => ({ id, deviceId, epoch, seq })

/** Plays the events of one facility again: a position that is not the next one was given later, when a held entry was settled. */
function makeReplay(db: Kysely<unknown>) {
  let head: LedgerHead = EMPTY_HEAD
  const later = new Map<number, { readonly row: OldRow; readonly arrival: number }>()
  const write = (rowid: number, arrival: number, settled: number | null) =>
    sql`UPDATE entries SET arrival = ${arrival}, settled = ${settled}, link = ${linkOf(head.hash)} WHERE rowid = ${rowid}`.execute(
      db,
    )
  const settleNext = async () => {
    for (let next = later.get(head.position + 1); next !== undefined; next = later.get(head.position + 1)) {
      later.delete(head.position + 1)
      head = nextHead(head, subjectOf(next.row), verdictOf(next.row)).head
      await write(next.row.rowid, next.arrival, head.arrival)
    }
  }
  return {
    async take(row: OldRow) {
      const isLater = row.position !== null && row.position !== head.position + 1
      head = nextHead(head, subjectOf(row), isLater ? HELD : verdictOf(row)).head
      await write(row.rowid, head.arrival, null)
      if (isLater) later.set(row.position ?? 0, { row, arrival: head.arrival })
      await settleNext()
    },
    head: () => head,
  }
}

async function bindFacility(db: Kysely<unknown>, facilityId: string): Promise<void> {
  const replay = makeReplay(db)
  for (let after = 0; ; ) {
    const { rows } =
      await sql<OldRow>`SELECT rowid, facility_id, device_id, epoch, seq, id, verdict, code, position FROM entries
      WHERE facility_id = ${facilityId} AND rowid > ${after} ORDER BY rowid LIMIT ${PAGE}`.execute(db)
    for (const row of rows) await replay.take(row)
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.rowid
  }
  const { arrival, hash } = replay.head()
  await sql`INSERT INTO heads (facility_id, position, arrival, hash) VALUES (${facilityId}, 0, ${arrival}, ${hash})
    ON CONFLICT (facility_id) DO UPDATE SET arrival = excluded.arrival, hash = excluded.hash`.execute(db)
}

const STAYS = ['facility_id', 'device_id', 'epoch', 'seq', 'id', 'stream', 'text', 'arrival']

/** Adds the numbers of events to entries that are there, then the two triggers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE heads ADD COLUMN arrival integer NOT NULL DEFAULT 0`.execute(db)
  await sql`ALTER TABLE heads ADD COLUMN hash text NOT NULL DEFAULT ${sql.lit(EMPTY_HEAD.hash)}`.execute(db)
  await sql`ALTER TABLE entries DROP COLUMN root`.execute(db)
  for (const column of ['arrival integer', 'settled integer', 'link text'])
    await sql`ALTER TABLE entries ADD COLUMN ${sql.raw(column)}`.execute(db)
  const { rows } = await sql<{ facility_id: string }>`SELECT DISTINCT facility_id FROM entries`.execute(db)
  for (const { facility_id } of rows) await bindFacility(db, facility_id)
  await sql`CREATE UNIQUE INDEX entries_by_arrival ON entries (facility_id, arrival)`.execute(db)
  const isChanged = STAYS.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR ')
  await sql`CREATE TRIGGER entries_stay BEFORE UPDATE ON entries WHEN OLD.verdict <> 'held' OR ${sql.raw(isChanged)}
    BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END`.execute(db)
  await sql`CREATE TRIGGER entries_remain BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END`.execute(db)
}
