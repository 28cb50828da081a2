// Entries in memory.
import { linkOf, nextHead } from '../arrival-chain.ts'
import type { ArrivedEntry, EntryWriter, NewEntry, StoredEntry } from '../ledger-store.ts'
import { type FacilityRows, type Undo, setNoted } from './facility-rows.ts'

const seqKey = (entry: { deviceId: string; epoch: string; seq: number }) =>
  `${entry.deviceId} ${entry.epoch} ${entry.seq}`

function keep(rows: FacilityRows, entry: NewEntry, before: ArrivedEntry | null, undo: Undo): number | null {
  const headBefore = rows.head.now
  const { head, position } = nextHead(headBefore, entry, entry.verdict)
  const numbers =
    before === null ? { arrival: head.arrival, settled: null } : { arrival: before.arrival, settled: head.arrival }
  const stored: ArrivedEntry = { ...entry, ...numbers, position, link: linkOf(head.hash) }
  setNoted(rows.bySeq, seqKey(entry), stored, undo)
  rows.head.now = head
  undo.push(() => {
    rows.head.now = headBefore
  })
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

const inArrival = (rows: FacilityRows) => [...rows.bySeq.values()].sort((left, right) => left.arrival - right.arrival)

/** Opens the entries of a facility. */
export function entryTable(rows: FacilityRows, undo: Undo): EntryWriter {
  return {
    headPosition: async () => rows.head.now.position,
    head: async () => rows.head.now,
    count: async () => rows.bySeq.size,
    byArrival: async (afterArrival, limit) =>
      inArrival(rows)
        .filter(({ arrival }) => arrival > afterArrival)
        .slice(0, limit),
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
    held: async () => inArrival(rows).filter((entry) => entry.verdict.status === 'held'),
    async append(added) {
      return added.map((entry) => {
        if (rows.bySeq.has(seqKey(entry))) throw new Error(`seq ${entry.seq} of this device epoch is stored already`)
        return keep(rows, entry, null, undo)
      })
    },
    async settleHeld({ id, stream, deviceId, epoch, seq, text }, verdict) {
      const before = rows.bySeq.get(seqKey({ deviceId, epoch, seq })) ?? null
      return keep(rows, { id, stream, deviceId, epoch, seq, text, verdict }, before, undo)
    },
  }
}
