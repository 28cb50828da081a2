// How long to wait after a failure: from one second, doubling, to five minutes, with jitter so that a room of tablets does not knock at once.

const FIRST_MS = 1000
const MOST_MS = 5 * 60_000

/** Milliseconds to wait after so many failures in a row (1 or more). `random` answers 0 inclusive to 1 exclusive. */
export function backoffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
