// Keeps exactly the sealed rows this device should hold: asks what they are, fetches what is missing or newer, drops what is out of scope.
import { PrivateManifest, PrivateRows } from '#contract/sync.ts'
import type { PrivateRow } from '#contract/sync.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { ClassId } from '#contract/values.ts'
import type { HeldRow, PrivateStore } from '#client/storage/private-store.ts'
import type { Transport } from './transport.ts'

const FETCH_MAX = 500

/** How it ended. `changed` says whether any row came or went. */
export type PrivateOutcome =
  | { readonly ended: 'up-to-date'; readonly changed: boolean }
  | { readonly ended: 'stopped'; readonly code: ProblemCode }

type Name = Pick<HeldRow, 'collection' | 'key'>

/** Compares what is held with what should be: what to fetch and what to drop. */
export function compareRows(
  held: readonly HeldRow[],
  wanted: readonly HeldRow[],
): { readonly fetch: readonly Name[]; readonly drop: readonly Name[] } {
  const nameOf = ({ collection, key }: Name): string => `${collection} ${key}`
  const revisions = new Map(held.map((row) => [nameOf(row), row.revision]))
  const wantedNames = new Set(wanted.map(nameOf))
  return {
    fetch: wanted
      .filter((row) => revisions.get(nameOf(row)) !== row.revision)
      .map(({ collection, key }) => ({ collection, key })),
    drop: held.filter((row) => !wantedNames.has(nameOf(row))).map(({ collection, key }) => ({ collection, key })),
  }
}

/** Takes classes off the device; answers whether all of them are gone. */
export type LeaveClasses = (closed: readonly ClassId[]) => Promise<boolean>

/**
 * Brings the sealed rows and the scope up to date: who may not be read here any more goes first, then the classes. The manifest's hash is kept
 * last, so what was cut short is simply done again. Faults: offline, timeout, storage-full, storage-broken, another-window. @rule SYN-1
 */
export async function pullPrivateRows(
  store: PrivateStore,
  transport: Transport,
  leaveClasses: LeaveClasses,
): Promise<PrivateOutcome> {
  const known = await store.manifestHash()
  const query = known === null ? '' : `?known=${known}`
  const manifest = await transport.json({ method: 'GET', path: `/api/sync/private${query}` }, PrivateManifest)
  if (!manifest.ok) return { ended: 'stopped', code: manifest.problem.code }
  if (manifest.value.rows === null) return { ended: 'up-to-date', changed: false }
  const { fetch, drop } = compareRows(await store.held(), manifest.value.rows)
  if (drop.length > 0) await store.exchange([], drop)
  for (let start = 0; start < fetch.length; start += FETCH_MAX) {
    const keys = fetch.slice(start, start + FETCH_MAX)
    const answer = await transport.json(
      { method: 'POST', path: '/api/sync/private/fetch', json: { keys } },
      PrivateRows,
    )
    if (!answer.ok) return { ended: 'stopped', code: answer.problem.code }
    const rows: readonly PrivateRow[] = answer.value.rows
    await store.exchange(rows, [])
  }
  const isWhole = await leaveClasses(manifest.value.closedClasses ?? [])
  if (isWhole) await store.setManifestHash(manifest.value.hash)
  return { ended: 'up-to-date', changed: fetch.length > 0 || drop.length > 0 }
}
