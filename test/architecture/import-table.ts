/**
 * Who may import what: the one table of the house. `dependency-cruiser.config.ts` turns it into rules.
 * `may` lists path prefixes under src/ and package names (`pkg:`); `mayTypes` may only be imported as types.
 * `node:` stands for Node's own modules. A folder may always import itself. A folder that is not here fails.
 */

export interface Room {
  room: string
  may: string[]
  mayTypes?: string[]
}

/** The steps of the notice: a step may read an earlier one, never a later one. */
export const journeys = [
  'shared',
  'access',
  'trainee',
  'catalogue',
  'plan',
  'training-class',
  'enrollment',
  'attendance',
  'assessment',
  'completion',
  'certificate',
  'funding',
  'reporting',
]

const STORE = 'server/storage/ledger-store.ts'
const PAPER_PACKAGES = ['pkg:pdfkit', 'pkg:write-excel-file', 'pkg:read-excel-file', 'pkg:papaparse', 'pkg:uqr']

export const rooms: Room[] = [
  { room: 'contract', may: ['pkg:zod', 'pkg:canonicalize', 'pkg:@noble/hashes'] },
  { room: 'domain', may: ['contract/canonical.ts'], mayTypes: ['contract'] },

  { room: 'client/storage', may: ['contract', 'pkg:dexie', 'pkg:hash-wasm', 'pkg:zod'], mayTypes: ['domain'] },
  { room: 'client/vault', may: ['contract', 'client/storage', 'pkg:hash-wasm', 'pkg:zod'] },
  { room: 'client/ledger', may: ['domain', 'contract', 'client/storage', 'client/vault'] },
  {
    room: 'client/sync',
    may: [
      ...['contract', 'client/storage', 'client/vault', 'client/ledger/confirm-entries.ts'],
      ...['pkg:@noble/hashes', 'pkg:zod'],
    ],
    mayTypes: ['client/ledger'],
  },
  // Comparing the stores of a device at opening and building a lost one anew.
  { room: 'client/recovery', may: ['contract', 'client/storage', 'client/ledger', 'client/sync', 'client/vault'] },
  // Files carried by hand: they hold the bodies of the wire, so they read and write them with the wire's own parts.
  {
    room: 'client/files',
    may: ['contract', 'client/storage', 'client/sync', 'pkg:@hpke/core', 'pkg:@noble/hashes'],
    mayTypes: ['client/ledger'],
  },
  {
    room: 'client/acts',
    may: [
      ...['contract', 'client/sync/transport.ts', 'client/sync/device-signer.ts', 'pkg:zod'],
      ...['client/storage/device-store.ts', 'client/storage/base64url.ts', 'client/storage/fault.ts'],
    ],
  },
  {
    room: 'client/stores',
    may: [
      'domain',
      'contract',
      'client/ledger',
      'client/vault',
      'client/acts',
      'client/sync/sync-loop.ts',
      'client/sync/sync-status.ts',
      // The words a fault carries; the storage itself stays behind the ledger.
      'client/storage/fault.ts',
      'pkg:pinia',
      'pkg:vue',
    ],
    mayTypes: ['client/storage', 'client/files'],
  },
  {
    room: 'client/components',
    may: [
      'client/styles',
      'pkg:vue',
      'pkg:vue-i18n',
      'pkg:vue-router',
      'pkg:reka-ui',
      'pkg:@tanstack/vue-virtual',
      'pkg:uqr',
      'pkg:@phosphor-icons/core',
    ],
  },
  {
    room: 'client/pages',
    may: ['client/stores', 'client/components', 'domain', 'pkg:vue', 'pkg:vue-router', 'pkg:vue-i18n'],
    mayTypes: ['contract'],
  },
  { room: 'client/styles', may: [] },
  {
    room: 'client/app',
    may: [
      'client',
      'domain',
      'contract',
      'pkg:vue',
      'pkg:vue-router',
      'pkg:vue-i18n',
      'pkg:pinia',
      'pkg:workbox-window',
    ],
  },
  { room: 'client/main.ts', may: ['client', 'domain', 'contract', 'pkg:vue', 'pkg:pinia', 'pkg:zod'] },
  // The composition root in two parts, so that the first paint waits for neither the ledger nor the vault.
  { room: 'client/client-core.ts', may: ['client', 'domain', 'contract', 'pkg:vue', 'pkg:pinia', 'pkg:zod'] },
  { room: 'client/device-holder.ts', may: ['client', 'domain', 'contract', 'pkg:vue'] },
  { room: 'client/joined-device.ts', may: ['client', 'domain', 'contract', 'pkg:vue', 'pkg:pinia', 'pkg:zod'] },
  { room: 'client/service-worker.ts', may: ['pkg:workbox-precaching', 'pkg:workbox-routing'] },

  { room: 'server/storage', may: ['contract', 'node:'], mayTypes: ['domain'] },
  {
    room: 'server/storage/sqlite',
    may: ['contract', 'server/storage', 'pkg:better-sqlite3', 'pkg:kysely', 'node:'],
    mayTypes: ['domain'],
  },
  {
    room: 'server/storage/postgres',
    may: ['contract', 'server/storage', 'pkg:pg', 'pkg:kysely', 'node:'],
    mayTypes: ['domain'],
  },
  { room: 'server/storage/migrations', may: ['contract', 'server/storage', 'pkg:kysely'] },
  { room: 'server/ledger', may: ['domain', 'contract', STORE, 'server/storage/arrival-chain.ts', 'node:'] },
  { room: 'server/devices', may: ['domain', 'contract', STORE, 'server/ledger', 'pkg:zod', 'node:'] },
  // https: the facility's own root, this machine's leaf and its names.
  {
    room: 'server/reach',
    may: ['contract', 'server/devices/key-files.ts', 'pkg:@peculiar/x509', 'pkg:reflect-metadata', 'node:'],
  },
  {
    room: 'server/vault',
    may: ['domain', 'contract', STORE, 'server/ledger', 'server/devices', 'pkg:hash-wasm', 'node:'],
    mayTypes: ['server/http'],
  },
  {
    room: 'server/acts',
    may: [
      ...['domain', 'contract', STORE, 'server/ledger', 'server/devices', 'server/vault'],
      ...['server/exchange/roster-import', 'server/reports', 'pkg:zod', 'node:'],
    ],
  },
  {
    room: 'server/reports',
    may: [
      'domain',
      'contract',
      STORE,
      'server/ledger',
      'server/vault',
      'server/exchange/spreadsheet',
      'server/http/endpoint.ts',
      ...PAPER_PACKAGES,
      'node:',
    ],
  },
  {
    room: 'server/exchange',
    may: [
      'domain',
      'contract',
      STORE,
      'server/ledger',
      'server/devices',
      'server/vault',
      'server/http/endpoint.ts',
      ...PAPER_PACKAGES,
      'pkg:pinyin-pro',
      'pkg:zod',
      'pkg:@hpke/core',
      'node:',
    ],
  },
  {
    room: 'server/http',
    may: [
      ...[
        'contract',
        'domain',
        STORE,
        'server/storage/short-memory.ts',
        'server/ledger',
        'server/devices',
        'server/acts',
        'server/vault',
        'server/reports',
        'server/exchange',
      ],
      ...['pkg:fastify', 'pkg:@fastify/', 'pkg:fastify-type-provider-zod', 'pkg:zod', 'node:'],
    ],
    mayTypes: ['server/reach'],
  },
  {
    room: 'server/tasks',
    may: [
      'contract',
      'domain',
      'server/ledger',
      'server/devices',
      'server/acts',
      'server/vault',
      'server/devices',
      'server/reports',
      'server/exchange',
      'server/storage',
      'server/config.ts',
      'server/program-version.ts',
      'node:',
    ],
  },
  {
    room: 'server/seed',
    may: [
      'contract',
      'domain',
      STORE,
      'server/ledger',
      'server/acts',
      'server/vault',
      'server/exchange',
      'pkg:zod',
      'node:',
    ],
  },
  { room: 'server/config.ts', may: ['contract', 'pkg:zod', 'node:'] },
  { room: 'server/program-version.ts', may: ['domain/fold-version.ts', 'node:'] },
  { room: 'server/main.ts', may: ['contract', 'domain', 'server', 'node:'], mayTypes: ['pkg:fastify'] },
]
