// What a browser still holds, by comparing its three places. Pure.
import type { Canary } from './canary.ts'

/** What one store knows of the device: its chain and how far the chain lies here. */
export interface StoreStanding {
  readonly deviceId: string
  readonly epoch: string
  readonly lastSeq: number
}

/** What is found. With `both-lost` some entries may still be here: `keptSeq` says up to which. */
export type Standing =
  | { readonly is: 'never-joined' }
  | { readonly is: 'whole' | 'indexeddb-lost' | 'opfs-lost' }
  | { readonly is: 'both-lost'; readonly keptSeq: number }

/** Whether a store belongs to the device the canary names; without a canary every device does. */
function isOf(canary: Canary | null, store: StoreStanding): boolean {
  return canary === null || canary.deviceId === store.deviceId
}

// A canary of an earlier epoch, or one that lags, says nothing about the end of this chain.
function reaches(canary: Canary | null, store: StoreStanding): boolean {
  return canary === null || canary.epoch !== store.epoch || store.lastSeq >= canary.lastSeq
}

/**
 * Compares the canary with the two stores. An acknowledged entry lies in both, so either alone that reaches the canary is whole; where neither
 * does, entries are gone from both.
 */
export function compareStores(
  canary: Canary | null,
  indexedDb: StoreStanding | null,
  opfs: StoreStanding | null,
): Standing {
  const first = indexedDb !== null && isOf(canary, indexedDb) ? indexedDb : null
  const second = opfs !== null && isOf(canary, opfs) ? opfs : null
  if (first === null && second === null)
    return canary === null ? { is: 'never-joined' } : { is: 'both-lost', keptSeq: 0 }
  const found = [first, second].filter((store) => store !== null)
  if (!found.some((store) => reaches(canary, store)))
    return { is: 'both-lost', keptSeq: Math.max(...found.map(({ lastSeq }) => lastSeq)) }
  if (first === null) return { is: 'indexeddb-lost' }
  return { is: second === null ? 'opfs-lost' : 'whole' }
}
