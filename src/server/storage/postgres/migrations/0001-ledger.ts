// The tables of PostgreSQL. Each is partitioned by hash of the facility, whose id leads every key. Texts compare by byte, as everywhere else.
import { type Kysely, sql } from 'kysely'

/**
 * By hash and not by list: a new facility needs no new table, so nothing is ever locked for one. Sixteen keep the indexes of a province's sixty
 * facilities small; Citus distributes by a hash of the same column.
 */
const PARTITIONS = 16

const WORD = 'text COLLATE "C" NOT NULL'

const TABLES = {
  heads: `(facility_id ${WORD}, position bigint NOT NULL, arrival bigint NOT NULL, hash ${WORD}, PRIMARY KEY (facility_id))`,
  entries: `(facility_id ${WORD}, device_id ${WORD}, epoch ${WORD}, seq bigint NOT NULL, id ${WORD}, stream ${WORD}, verdict ${WORD},
    code text COLLATE "C", position bigint, text ${WORD}, arrival bigint NOT NULL, settled bigint, link ${WORD},
    PRIMARY KEY (facility_id, device_id, epoch, seq))`,
  states: `(facility_id ${WORD}, family ${WORD}, stream ${WORD}, position bigint NOT NULL, state ${WORD}, PRIMARY KEY (facility_id, stream))`,
  records: `(facility_id ${WORD}, collection ${WORD}, key ${WORD}, revision bigint NOT NULL, value ${WORD},
    PRIMARY KEY (facility_id, collection, key))`,
}

const INDEXES = [
  'CREATE UNIQUE INDEX entries_by_position ON entries (facility_id, position)',
  'CREATE UNIQUE INDEX entries_by_arrival ON entries (facility_id, arrival)',
  'CREATE INDEX entries_by_stream ON entries (facility_id, stream, position)',
  `CREATE INDEX entries_held ON entries (facility_id, arrival) WHERE verdict = 'held'`,
  'CREATE INDEX states_by_family ON states (facility_id, family, stream)',
]

/** What may be forgotten needs no log: these two are written often and are empty after a crash of the database. */
const SHORT_MEMORY = [
  `CREATE UNLOGGED TABLE marks (facility_id ${WORD}, owner ${WORD}, mark ${WORD}, used bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (facility_id, owner, mark))`,
  'CREATE INDEX marks_by_use ON marks (facility_id, owner, used)',
  `CREATE UNLOGGED TABLE tallies (facility_id ${WORD}, key ${WORD}, count bigint NOT NULL, ends_at timestamptz NOT NULL,
    PRIMARY KEY (facility_id, key))`,
]

const STAYS = ['facility_id', 'device_id', 'epoch', 'seq', 'id', 'stream', 'text', 'arrival']
const row = (name: string) => `(${STAYS.map((column) => `${name}.${column}`).join(', ')})`

const GUARDS = [
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'an entry is never changed or deleted'; END $$`,
  `CREATE TRIGGER entries_stay BEFORE UPDATE ON entries FOR EACH ROW
    WHEN (OLD.verdict <> 'held' OR ${row('NEW')} IS DISTINCT FROM ${row('OLD')}) EXECUTE FUNCTION refuse_change()`,
  'CREATE TRIGGER entries_remain BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change()',
]

/** Makes the tables, their partitions, indexes and guards. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db)
  const tables = ['entries']
  for (const [table, columns] of Object.entries(TABLES)) {
    await run(`CREATE TABLE ${table} ${columns} PARTITION BY HASH (facility_id)`)
    for (let part = 0; part < PARTITIONS; part += 1) {
      const name = `${table}_${String(part)}`
      await run(`CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${part})`)
      if (table === 'entries') tables.push(name)
    }
  }
  for (const statement of [...INDEXES, ...SHORT_MEMORY, ...GUARDS]) await run(statement)
  for (const table of tables)
    await run(`CREATE TRIGGER ${table}_kept BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION refuse_change()`)
}
