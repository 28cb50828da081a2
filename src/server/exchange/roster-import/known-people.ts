// The people a roster is compared with: who the vault knows, and what the ledger says of them.
import { createHash } from 'node:crypto'
import { traineeStream } from '#contract/streams.ts'
import type { TraineeId } from '#contract/values.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { vaultRows } from '#server/ledger/collections.ts'
import { loadFamily } from '#server/ledger/load-states.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { readVaultRows } from '#server/vault/vault-rows.ts'
import type { KnownPerson } from './person-match.ts'

/** Everyone in the vault, by id. */
export async function readKnownPeople(tx: LedgerReader, vaultKey: Uint8Array): Promise<KnownPerson[]> {
  const states = new Map((await loadFamily(tx, 'trainee')).map(({ stream, state }) => [stream, state]))
  const people: KnownPerson[] = []
  for (const row of (await readVaultRows(tx, vaultKey, 'trainee')).values()) {
    const traineeId = row.id as TraineeId
    const state = states.get(traineeStream(traineeId)) ?? emptyState('trainee')
    people.push({
      traineeId,
      revision: row.revision,
      identity: row.content,
      facts: state.facts,
      present: state.presence === 'present',
      corrected: state.identityCorrections.length > 0,
    })
  }
  return people
}

/** One word for all that a comparison rested on: it changes when a person's identity, facts or presence does, and with nothing else. */
export async function markOfPeople(tx: LedgerReader): Promise<string> {
  const hash = createHash('sha256')
  for (const { key, revision } of await vaultRows.revisions(tx, 'trainee|')) hash.update(`${key}|${revision}\n`)
  for (const { stream, state } of await loadFamily(tx, 'trainee')) {
    const { facts, presence } = state
    hash.update(`${stream}|${presence}|${facts?.sex}|${facts?.bornOn}|${facts?.termEndsOn}|${facts?.workCapable}\n`)
  }
  return hash.digest('hex')
}
