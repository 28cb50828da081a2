// What every part of the server is handed: the store, the clock, the random source, the keys, and how acts with secrets are performed.
import type { ActAnswer, ActBody, ActName } from '#contract/commands/acts.ts'
import type { ActorId, CalendarDate, DeviceId, FacilityId, Hash, Instant, Role } from '#contract/values.ts'
import type { LedgerStore, LedgerTransaction } from '#server/storage/ledger-store.ts'
import type { Outcome } from './outcome.ts'

/** The only source of time; `today` is the day in Asia/Shanghai. */
export interface ServerClock {
  now(): Instant
  today(): CalendarDate
}

/** The server as a device with its own chain. `epoch` is also the server's epoch on the wire; it changes at every restore. */
export interface ServerKeys {
  readonly deviceId: DeviceId
  readonly epoch: string
  /** Ed25519, raw 32 bytes as base64url. */
  readonly publicKey: string
  /** Signs the UTF-8 text, base64url. */
  sign(text: string): string
}

/** The site's X25519 key, by which carried files are sealed to it. `keyId` is SHA-256 of the public key, in hex. */
export interface FileKeyPair {
  /** Raw 32 bytes as base64url. */
  readonly publicKey: string
  readonly keyId: Hash
  /** Raw 32 bytes. */
  readonly secret: Uint8Array
}

/** Handed to every route, performer, task and seed. */
export interface ServerContext {
  readonly store: LedgerStore
  readonly clock: ServerClock
  readonly random: (count: number) => Uint8Array
  /** 22 characters that fit every kind of id. */
  readonly newId: () => string
  readonly facilityId: FacilityId
  readonly serverKeys: ServerKeys
  readonly fileKey: FileKeyPair
  /** 32 bytes: the key that seals the vault. */
  readonly vaultKey: Uint8Array
  readonly dataDir: string
  readonly performers: ActPerformers
}

/** Who asks. */
export interface Actor {
  readonly actorId: ActorId
  readonly role: Role
}

/** The server itself, for what nobody asked for. */
export const SERVER_ACTOR: Actor = { actorId: 'server' as ActorId, role: 'system' }

/** What an act wrote; `codes` and `heldBack` are answered once and never stored. */
export interface ActWritten {
  readonly positions: readonly number[]
  readonly codes?: ActAnswer['codes']
  readonly heldBack?: ActAnswer['heldBack']
}

/** One act with a secret or a signature. `prepare` does what is slow, before the transaction; a no of `perform` leaves nothing. */
export interface ActPerformer<Name extends ActName, Prepared = unknown> {
  prepare?(body: ActBody<Name>, context: ServerContext): Promise<Prepared>
  perform(
    call: { readonly body: ActBody<Name>; readonly prepared: Prepared; readonly actor: Actor },
    tx: LedgerTransaction,
    context: ServerContext,
  ): Promise<Outcome<ActWritten>>
}

/** Acts that are not just decide and append. */
export type ActPerformers = { readonly [Name in ActName]?: ActPerformer<Name> }
