// Short memory that all instances share: two tables without a log.
import type { ShortMemory, Tally } from '../ledger-store.ts'
import type { Connections } from './connections.ts'

const MARKS_MAX = 10_000
/** How often old marks are cleared away: not on every call. */
const CLEAR_EVERY = 500

const CLEAR = `DELETE FROM marks WHERE facility_id = $1 AND owner = $2 AND used <= (
  SELECT used FROM marks WHERE facility_id = $1 AND owner = $2 ORDER BY used DESC OFFSET $3 LIMIT 1)`

/** The window is the database's clock: the instances need not agree on theirs. */
const COUNT = `INSERT INTO tallies AS t (facility_id, key, count, ends_at)
  VALUES ($1, $2, 1, now() + $3::double precision * interval '1 millisecond')
  ON CONFLICT (facility_id, key) DO UPDATE SET
    count = CASE WHEN t.ends_at > now() THEN t.count + 1 ELSE 1 END,
    ends_at = CASE WHEN t.ends_at > now() THEN t.ends_at ELSE excluded.ends_at END
  RETURNING count, (extract(epoch FROM ends_at - now()) * 1000)::bigint AS "endsInMs"`

/** Opens the short memory of a database. */
export function sharedShortMemory(connections: Connections): ShortMemory {
  let sinceCleared = 0
  return {
    firstUse: (facilityId, owner, mark) =>
      connections.use(async (client) => {
        const query = 'INSERT INTO marks (facility_id, owner, mark) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
        const { rowCount } = await client.query(query, [facilityId, owner, mark])
        sinceCleared += 1
        if (sinceCleared >= CLEAR_EVERY) {
          sinceCleared = 0
          await client.query(CLEAR, [facilityId, owner, MARKS_MAX])
        }
        return rowCount === 1
      }),
    tally: (facilityId, key, windowMs) =>
      connections.use(async (client) => {
        const { rows } = await client.query<Tally>(COUNT, [facilityId, key, windowMs])
        return rows[0] ?? { count: 1, endsInMs: windowMs }
      }),
  }
}
