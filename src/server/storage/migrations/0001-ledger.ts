// Entries, their folded states, records, and the head of each facility.
import { type Kysely, sql } from 'kysely'

/** Makes the first tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('heads')
    .addColumn('facility_id', 'text', (column) => column.primaryKey())
    .addColumn('position', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('entries')
    .addColumn('facility_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('root', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('position', 'integer')
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('entries_by_seq', ['facility_id', 'device_id', 'epoch', 'seq'])
    .execute()
  await db.schema
    .createIndex('entries_by_position')
    .unique()
    .on('entries')
    .columns(['facility_id', 'position'])
    .execute()
  await db.schema
    .createIndex('entries_by_stream')
    .on('entries')
    .columns(['facility_id', 'stream', 'position'])
    .execute()
  await db.schema
    .createIndex('entries_held')
    .on('entries')
    .columns(['facility_id', 'verdict'])
    .where(sql.ref('verdict'), '=', sql.lit('held'))
    .execute()
  await db.schema
    .createTable('states')
    .addColumn('facility_id', 'text', (column) => column.notNull())
    .addColumn('family', 'text', (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('states_by_stream', ['facility_id', 'stream'])
    .execute()
  await db.schema.createIndex('states_by_family').on('states').columns(['facility_id', 'family', 'stream']).execute()
  await db.schema
    .createTable('records')
    .addColumn('facility_id', 'text', (column) => column.notNull())
    .addColumn('collection', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('records_by_key', ['facility_id', 'collection', 'key'])
    .execute()
}
