// Puts the context of a server together from its key file and its sources of time and chance.
import type { CalendarDate, Instant } from '#contract/values.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import type { ActPerformers, ServerClock, ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { fileKeyOf } from './file-key.ts'
import type { ServerKeyFile } from './key-files.ts'

/** The machine's sources, read by the entry points alone: milliseconds since 1970, and random bytes. */
export interface MachineSources {
  readonly nowMs: () => number
  readonly random: (count: number) => Uint8Array
}

/** Shanghai is UTC+8 the whole year. */
const SHANGHAI_AHEAD_MS = 8 * 60 * 60 * 1000

/** Makes the server's clock of a source of milliseconds. */
export function makeClock(nowMs: () => number): ServerClock {
  return {
    now: () => new Date(nowMs()).toISOString() as Instant,
    today: () => new Date(nowMs() + SHANGHAI_AHEAD_MS).toISOString().slice(0, 10) as CalendarDate,
  }
}

/** Makes ids of 128 random bits: a letter, so that they fit everywhere, and 21 characters of base64url and one more bit of length. */
export function makeNewId(random: (count: number) => Uint8Array): () => string {
  return () => `x${Buffer.from(random(16)).toString('base64url').slice(0, 21)}`
}

/** Makes a server's context. */
export function makeContext(
  parts: {
    readonly store: LedgerStore
    readonly dataDir: string
    readonly keys: ServerKeyFile
    readonly performers: ActPerformers
  },
  sources: MachineSources,
): ServerContext {
  const { store, dataDir, keys, performers } = parts
  const seed = Buffer.from(keys.seed, 'base64url')
  const { publicKey, sign } = signingKeyOf(seed)
  return {
    store,
    dataDir,
    performers,
    clock: makeClock(sources.nowMs),
    random: sources.random,
    newId: makeNewId(sources.random),
    facilityId: keys.facilityId,
    serverKeys: { deviceId: keys.deviceId, epoch: keys.epoch, publicKey, sign },
    fileKey: fileKeyOf(seed),
    vaultKey: Buffer.from(keys.vaultKey, 'base64url'),
  }
}
