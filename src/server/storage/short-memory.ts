// Short memory of one process, for stores that have a single one.
import type { ShortMemory, Tally } from './ledger-store.ts'

/** How many marks of one owner are remembered; at one call a second that is more than two hours. */
const MARKS_MAX = 10_000
const TALLIES_MAX = 10_000

function makeMarks(marksMax: number) {
  const seen = new Map<string, Set<string>>()
  return (owner: string, mark: string) => {
    const marks = seen.get(owner) ?? new Set()
    seen.set(owner, marks)
    if (marks.has(mark)) return false
    marks.add(mark)
    // A Set keeps the order of arrival, so its first member is the oldest.
    for (const oldest of marks) {
      if (marks.size <= marksMax) break
      marks.delete(oldest)
    }
    return true
  }
}

function makeTallies() {
  const windows = new Map<string, { count: number; endsAtMs: number }>()
  return (key: string, windowMs: number, nowMs: number): Tally => {
    const found = windows.get(key)
    const isOpen = found !== undefined && found.endsAtMs > nowMs && found.endsAtMs <= nowMs + windowMs
    const window = isOpen ? found : { count: 0, endsAtMs: nowMs + windowMs }
    window.count += 1
    // Put in again at the end, so that the first ones are those nobody asks for.
    windows.delete(key)
    windows.set(key, window)
    for (const oldest of windows.keys()) {
      if (windows.size <= TALLIES_MAX) break
      windows.delete(oldest)
    }
    return { count: window.count, endsInMs: window.endsAtMs - nowMs }
  }
}

/** Makes an empty memory. */
export function makeShortMemory(marksMax: number = MARKS_MAX): ShortMemory {
  const firstUse = makeMarks(marksMax)
  const tally = makeTallies()
  return {
    firstUse: async (facilityId, owner, mark) => firstUse(`${facilityId} ${owner}`, mark),
    tally: async (facilityId, key, windowMs, nowMs) => tally(`${facilityId} ${key}`, windowMs, nowMs),
  }
}
