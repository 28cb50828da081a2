// Entries in PostgreSQL.
import type { ClientBase } from 'pg'
import type { FacilityId } from '#contract/values.ts'
import { EMPTY_HEAD, linkOf, nextHead } from '../arrival-chain.ts'
import { type ArrivedRow, arrivedEntry, codeOf, COLUMNS, type EntryRow, storedEntry } from '../entry-rows.ts'
import type { EntryReader, EntryWriter, LedgerHead, NewEntry } from '../ledger-store.ts'

/** Reads where the facility stands. */
export async function readHead(client: ClientBase, facilityId: FacilityId): Promise<LedgerHead> {
  const { rows } = await client.query<LedgerHead>('SELECT position, arrival, hash FROM heads WHERE facility_id = $1', [
    facilityId,
  ])
  return rows[0] ?? EMPTY_HEAD
}

/** Takes the lock of the facility, held until the transaction ends: nobody else gives positions of it meanwhile. */
export async function lockHead(client: ClientBase, facilityId: FacilityId): Promise<LedgerHead> {
  const lock = async () =>
    (
      await client.query<LedgerHead>('SELECT position, arrival, hash FROM heads WHERE facility_id = $1 FOR UPDATE', [
        facilityId,
      ])
    ).rows[0]
  const found = await lock()
  if (found !== undefined) return found
  const { position, arrival, hash } = EMPTY_HEAD
  await client.query(
    'INSERT INTO heads (facility_id, position, arrival, hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [facilityId, position, arrival, hash],
  )
  return (await lock()) ?? EMPTY_HEAD
}

/** Reads the entries of a facility on a connection. */
export function entryReader(client: ClientBase, facilityId: FacilityId): EntryReader {
  const select = async <Row extends EntryRow>(columns: string, rest: string, values: readonly unknown[]) =>
    (
      await client.query<Row>(`SELECT ${columns} FROM entries WHERE facility_id = $1 AND ${rest}`, [
        facilityId,
        ...values,
      ])
    ).rows
  const stored = async (rest: string, ...values: readonly unknown[]) =>
    (await select<EntryRow>(COLUMNS, rest, values)).map(storedEntry)
  return {
    headPosition: async () => (await readHead(client, facilityId)).position,
    head: () => readHead(client, facilityId),
    async count() {
      const query = 'SELECT count(*) AS count FROM entries WHERE facility_id = $1'
      return (await client.query<{ count: number }>(query, [facilityId])).rows[0]?.count ?? 0
    },
    async byArrival(afterArrival, limit) {
      const columns = `${COLUMNS}, arrival, settled, link`
      const rest = 'arrival > $2 ORDER BY arrival LIMIT $3'
      return (await select<ArrivedRow>(columns, rest, [afterArrival, limit])).map(arrivedEntry)
    },
    ofStream: (stream, afterPosition = 0) =>
      stored('stream = $2 AND position > $3 ORDER BY position', stream, afterPosition),
    feed: ({ after, until, roots, limit }) =>
      roots === null
        ? stored('position > $2 AND position <= $3 ORDER BY position LIMIT $4', after, until, limit)
        : stored(
            `position > $2 AND position <= $3 AND split_part(stream, '/', 1) = ANY($5) ORDER BY position LIMIT $4`,
            ...[after, until, limit, roots],
          ),
    ofDevice: (deviceId, epoch, fromSeq, limit) =>
      stored('device_id = $2 AND epoch = $3 AND seq >= $4 ORDER BY seq LIMIT $5', deviceId, epoch, fromSeq, limit),
    async chains() {
      const query = 'SELECT DISTINCT device_id, epoch FROM entries WHERE facility_id = $1 ORDER BY device_id, epoch'
      const { rows } = await client.query<Pick<EntryRow, 'device_id' | 'epoch'>>(query, [facilityId])
      return rows.map(({ device_id: deviceId, epoch }) => ({ deviceId, epoch }))
    },
    held: () => stored(`verdict = 'held' ORDER BY arrival`),
  }
}

const INSERT = `INSERT INTO entries (facility_id, ${COLUMNS}, arrival, link)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[],
    $11::bigint[], $12::text[])`

/** Reads and writes the entries of a facility whose head is locked by this transaction. */
export function entryWriter(client: ClientBase, facilityId: FacilityId, locked: LedgerHead): EntryWriter {
  let head = locked
  const moveHead = (next: LedgerHead) => {
    head = next
    const { position, arrival, hash } = next
    const query = 'UPDATE heads SET position = $2, arrival = $3, hash = $4 WHERE facility_id = $1'
    return client.query(query, [facilityId, position, arrival, hash])
  }
  return {
    ...entryReader(client, facilityId),
    headPosition: async () => head.position,
    head: async () => head,
    async append(added: readonly NewEntry[]) {
      if (added.length === 0) return []
      let next = head
      const rows = added.map((entry) => {
        const { head: after, position } = nextHead(next, entry, entry.verdict)
        next = after
        const { deviceId, epoch, seq, id, stream, verdict, text } = entry
        const found = [deviceId, epoch, seq, id, stream, verdict.status, codeOf(verdict), position, text]
        return { position, values: [...found, after.arrival, linkOf(after.hash)] }
      })
      const columns = Array.from({ length: 11 }, (_, index) => rows.map(({ values }) => values[index]))
      await client.query(INSERT, [facilityId, ...columns])
      await moveHead(next)
      return rows.map(({ position }) => position)
    },
    async settleHeld(entry, verdict) {
      const { head: next, position } = nextHead(head, entry, verdict)
      const { rowCount } = await client.query(
        `UPDATE entries SET verdict = $5, code = $6, position = $7, settled = $8, link = $9
         WHERE facility_id = $1 AND device_id = $2 AND epoch = $3 AND seq = $4 AND verdict = 'held'`,
        [
          ...[facilityId, entry.deviceId, entry.epoch, entry.seq],
          ...[verdict.status, codeOf(verdict), position, next.arrival, linkOf(next.hash)],
        ],
      )
      if (rowCount !== 1) throw new Error('only a held entry is settled')
      await moveHead(next)
      return position
    },
  }
}
