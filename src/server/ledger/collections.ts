// The collections of records the core keeps, each with its key.
import type { ActName } from '#contract/commands/acts.ts'
import type { DevicePurpose } from '#contract/device.ts'
import type { ClassId, DeviceId, Hash, Instant } from '#contract/values.ts'
import type { StaffKey, VaultRow } from '#contract/vault.ts'
import { recordCollection } from './record-collection.ts'

/** Sealed rows, by `kind|id`; a row's revision is its record's. */
export const vaultRows = recordCollection<VaultRow>('vault')

/** Wrapped vault keys, by staff id; a key's revision is its record's. */
export const staffKeys = recordCollection<StaffKey>('staffKey')

/** A browser that joined. `closedClasses` were sealed before it did and are never sent to an instructor's tablet. */
export interface KnownDevice {
  readonly deviceId: DeviceId
  readonly label: string
  readonly purpose: DevicePurpose
  readonly publicKey: string
  readonly deviceSecret: string
  readonly joinedAt: Instant
  readonly lastSeenAt: Instant | null
  readonly closedClasses: readonly ClassId[]
  readonly quarantinedAt: Instant | null
  /** Epochs that forked and were lifted: their chains take nothing more. */
  readonly closedEpochs?: readonly string[]
}

/** Known devices, by device id. */
export const devices = recordCollection<KnownDevice>('device')

/** Where a device epoch's chain stands, and the last signature over its head. */
export interface ChainHead {
  readonly lastSeq: number
  readonly head: Hash
  readonly signed: { readonly fromSeq: number; readonly count: number; readonly signature: string }
}

/** Chain heads, by `deviceId|epoch`. */
export const chainHeads = recordCollection<ChainHead>('chain')

/** The other branch of a forked chain, as it was pushed. */
export interface ForkedBranch {
  readonly fromSeq: number
  readonly head: Hash
  readonly signature: string
  readonly texts: readonly string[]
  readonly receivedAt: Instant
}

/** Forked branches, by `deviceId|epoch|head`. */
export const forkedBranches = recordCollection<ForkedBranch>('fork')

/** Answers of performed acts, by command id. `bodyHash` tells a repeat from another command under the same id. */
export const performedCommands = recordCollection<{ name: ActName; bodyHash: string; positions: readonly number[] }>(
  'command',
)

/** The class a note was written about, by note id; null for none. */
export const noteClasses = recordCollection<{ classId: ClassId | null }>('noteClass')

/** Which version of the program folded the stored states: key `projection`. */
export const projectionMeta = recordCollection<{ version: string }>('meta')
