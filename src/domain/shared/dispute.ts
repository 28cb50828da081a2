// When two testimonies of one thing disagree. What somebody saw before he wrote is read from the entries alone, so that every device and the
// server come to the same answer in whatever order the tablets were emptied. @rule ATT-7
import type { DeviceId, Hash } from '#contract/values.ts'

/** What this rule needs of a record of testimony. `settlement` marks the word of a person who settled it. */
export interface Testimony {
  readonly entryId: Hash
  readonly deviceId: DeviceId
  readonly basedOn: Hash | null
  readonly settlement: boolean
}

/** Two testimonies that disagree, earlier position first. */
export interface Dispute {
  readonly entryIds: readonly [Hash, Hash]
  readonly settled: boolean
}

/**
 * What each record had seen: the earlier records of its own device, the record it is based on with all that one had seen, and, since a
 * record of another device can only be known from the server, everything before that one. A settlement has seen everything before it.
 */
function seenSets(history: readonly Testimony[]): readonly ReadonlySet<number>[] {
  const seen: Set<number>[] = []
  history.forEach((record, index) => {
    const known = new Set<number>()
    const learn = (earlier: number) => {
      known.add(earlier)
      for (const one of seen[earlier] ?? []) known.add(one)
    }
    for (let earlier = 0; earlier < index; earlier += 1) {
      const other = history[earlier]
      if (other === undefined) continue
      const isBase = other.entryId === record.basedOn
      if (record.settlement || isBase || other.deviceId === record.deviceId) learn(earlier)
      if (isBase && other.deviceId !== record.deviceId)
        for (let before = 0; before < earlier; before += 1) known.add(before)
    }
    seen.push(known)
  })
  return seen
}

/**
 * The disputes in the history of one thing, oldest first. Two records are in dispute when neither author had seen the other's, each is the
 * last word of its side before seeing the other, and they do not say the same. A dispute is settled by a settlement that saw both.
 * `history` is in order of position, pending ones last.
 */
export function disputesOf<Record extends Testimony>(
  history: readonly Record[],
  sameWord: (first: Record, second: Record) => boolean,
): readonly Dispute[] {
  if (new Set(history.map((record) => record.deviceId)).size < 2) return []
  const seen = seenSets(history)
  const saw = (later: number, earlier: number) => seen[later]?.has(earlier) === true
  const apart = (first: number, second: number) => !saw(first, second) && !saw(second, first)
  const disputes: Dispute[] = []
  history.forEach((second, secondIndex) => {
    history.slice(0, secondIndex).forEach((first, firstIndex) => {
      if (!apart(firstIndex, secondIndex) || sameWord(first, second)) return
      const isLastWord = (index: number, other: number) =>
        !history.some((_, later) => later > index && later !== other && saw(later, index) && apart(later, other))
      if (!isLastWord(firstIndex, secondIndex) || !isLastWord(secondIndex, firstIndex)) return
      const settled = history.some((one, index) => one.settlement && saw(index, firstIndex) && saw(index, secondIndex))
      disputes.push({ entryIds: [first.entryId, second.entryId], settled })
    })
  })
  return disputes
}
