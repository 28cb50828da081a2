// Small repeatable chance for the demonstration: the same word gives the same people, marks and scores on every machine.

/** A source of repeatable numbers. */
export interface SeededRandom {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  /** True about `percent` times of a hundred. */
  chance(percent: number): boolean
  /** One of a list that is not empty. */
  pick<Item>(items: readonly Item[]): Item
}

/** Makes a source from a word (FNV-1a into mulberry32). Never for secrets. */
export function seededRandom(word: string): SeededRandom {
  let state = 0x811c9dc5
  for (const character of word) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(draw() * limit)
  return {
    below,
    chance: (percent) => draw() * 100 < percent,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('there is nothing to pick from')
      return item
    },
  }
}
