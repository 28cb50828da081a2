// Entries in memory.
import type { EntryWriter, NewEntry, StoredEntry } from '../ledger-store.ts'
import { type FacilityRows, type Undo, setNoted } from './facility-rows.ts'

const seqKey = (entry: { deviceId: string; epoch: string; seq: number }) =>
  `${entry.deviceId} ${entry.epoch} ${entry.seq}`

function place(rows: FacilityRows, entry: NewEntry, undo: Undo): number | null {
  const position = entry.verdict.status === 'recorded' ? rows.recorded.length + 1 : null
  const stored: StoredEntry = { ...entry, position }
  setNoted(rows.bySeq, seqKey(entry), stored, undo)
  if (position === null) return null
  rows.recorded.push(stored)
  const inStream = rows.byStream.get(entry.stream) ?? []
  rows.byStream.set(entry.stream, inStream)
  inStream.push(stored)
  undo.push(() => {
    rows.recorded.pop()
    inStream.pop()
  })
  return position
}

/** Opens the entries of a facility. */
export function entryTable(rows: FacilityRows, undo: Undo): EntryWriter {
  return {
    headPosition: async () => rows.recorded.length,
    ofStream: async (stream, afterPosition = 0) =>
      (rows.byStream.get(stream) ?? []).filter((entry) => (entry.position ?? 0) > afterPosition),
    async feed({ after, until, roots, limit }) {
      const inRange = rows.recorded.slice(after, until)
      const wanted =
        roots === null ? inRange : inRange.filter((entry) => roots.includes(entry.stream.split('/')[0] ?? ''))
      return wanted.slice(0, limit)
    },
    async ofDevice(deviceId, epoch, fromSeq, limit) {
      const found: StoredEntry[] = []
      for (let seq = fromSeq; found.length < limit; seq += 1) {
        const entry = rows.bySeq.get(seqKey({ deviceId, epoch, seq }))
        if (entry === undefined) break
        found.push(entry)
      }
      return found
    },
    async chains() {
      const chains = new Map(
        [...rows.bySeq.values()].map(({ deviceId, epoch }) => [`${deviceId} ${epoch}`, { deviceId, epoch }]),
      )
      return [...chains].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, chain]) => chain)
    },
    held: async () => [...rows.bySeq.values()].filter((entry) => entry.verdict.status === 'held'),
    async append(added) {
      return added.map((entry) => {
        if (rows.bySeq.has(seqKey(entry))) throw new Error(`seq ${entry.seq} of this device epoch is stored already`)
        return place(rows, entry, undo)
      })
    },
    settleHeld: async (entry, verdict) => place(rows, { ...entry, verdict }, undo),
  }
}
