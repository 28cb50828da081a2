// The chain of events of a facility: every entry that came and every held one that was settled, in order, each bound to all before it.
// It proves what no device signs: the order, the positions and the verdicts.
import { hash } from 'node:crypto'
import { GENESIS_HASH } from '#contract/canonical.ts'
import type { Hash } from '#contract/values.ts'
import type { LedgerHead, NewEntry, StoredVerdict } from './ledger-store.ts'

/** Where an empty ledger stands. */
export const EMPTY_HEAD: LedgerHead = { position: 0, arrival: 0, hash: GENESIS_HASH }

const LINK_LENGTH = 12

/** The mark kept beside each entry, so that a proof can name the first entry that does not fit: the beginning of the hash. */
export const linkOf = (chainHash: Hash): string => chainHash.slice(0, LINK_LENGTH)

/** What an event is about. */
export type EventSubject = Pick<NewEntry, 'id' | 'deviceId' | 'epoch' | 'seq'>

/** Answers where the facility stands after the next event, and the position it gives, null unless the verdict is `recorded`. */
export function nextHead(
  before: LedgerHead,
  { id, deviceId, epoch, seq }: EventSubject,
  verdict: StoredVerdict,
): { readonly head: LedgerHead; readonly position: number | null } {
  const arrival = before.arrival + 1
  const position = verdict.status === 'recorded' ? before.position + 1 : null
  const code = verdict.status === 'refused' ? verdict.code : ''
  const event = [arrival, position, id, deviceId, epoch, seq, verdict.status, code]
  const next = hash('sha256', before.hash + JSON.stringify(event), 'hex') as Hash
  return { head: { arrival, position: position ?? before.position, hash: next }, position }
}
