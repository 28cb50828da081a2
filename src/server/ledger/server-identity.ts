// Whose ledger a store holds, and under which epoch it is served: written in the store itself, so that all its instances agree.
import { createHmac } from 'node:crypto'
import type { FacilityId } from '#contract/values.ts'
import type { LedgerStore, LedgerTransaction } from '#server/storage/ledger-store.ts'
import { recordCollection } from './record-collection.ts'

/** `keyMark` is made with both secret keys, and tells nothing of them. */
interface ServerIdentity {
  readonly epoch: string
  readonly keyMark: string
}

const SELF = 'self'
const identities = recordCollection<ServerIdentity>('server')

/** The secrets of a server, and the epoch its key file names. */
export interface IdentityKeys {
  readonly facilityId: FacilityId
  readonly epoch: string
  readonly seed: string
  readonly vaultKey: string
}

/** The keys in the data folder are not those the ledger was made with. */
export class OtherKeys extends Error {
  constructor() {
    super('the ledger belongs to other keys')
  }
}

const markOf = ({ seed, vaultKey }: IdentityKeys) =>
  createHmac('sha256', Buffer.from(seed, 'base64url')).update(vaultKey).digest('base64url')

/** Answers the epoch to serve under: the store's, or, for a store that has none yet, the key file's. Throws OtherKeys. */
export async function settleIdentity(store: LedgerStore, keys: IdentityKeys): Promise<string> {
  const keyMark = markOf(keys)
  const facilities = await store.facilities()
  // Served with these keys, a store of other facilities would look like a new one.
  if (facilities.length > 0 && !facilities.includes(keys.facilityId)) throw new OtherKeys()
  const known =
    (await store.read(keys.facilityId, (view) => identities.get(view, SELF)))?.value ??
    (await store.transaction(keys.facilityId, (tx) =>
      identities.update(tx, SELF, (before) => before ?? { epoch: keys.epoch, keyMark }),
    ))
  if (known.keyMark !== keyMark) throw new OtherKeys()
  return known.epoch
}

/** Gives a restored ledger the epoch of its keys, by which tablets know that it went back. */
export async function renewIdentity(tx: LedgerTransaction, keys: IdentityKeys): Promise<void> {
  await identities.update(tx, SELF, () => ({ epoch: keys.epoch, keyMark: markOf(keys) }))
}
