// What must hold, numbered and quoted. Where a check speaks, it says which promise was broken, and by what.

/** The promises a history is held to. Those of certificates (I8, I9, I11) have tests of their own. */
export const PROMISES = {
  I1: 'what was said to be saved on the tablet exists after any loss of one store; what the site acknowledged exists after its crash, and is pushed again to a restored one',
  I2: 'each (device, epoch, seq) takes effect exactly once',
  I3: 'seq has no gap, the chain verifies from genesis; same seq, other hash is a fork: the device is quarantined, both branches kept',
  I4: 'all with the same scope and nothing pending hold the same entries in the same order and the same folded states',
  I5: 'no score disappears; two words in the dark of one another never collapse silently: they are disputed until a person settles them',
  I6: 'what is refused for good blocks nothing behind it and is shown to its author with the reason',
  I7: 'after the last fault all queues drain within three rounds',
  I10: 'a sealed class and its entries are immutable; a correction is a later entry',
  I12: 'a device holds only entries of its scope',
  I13: 'a tablet shows what was written on it and never goes back, also through a restore of the site',
  I14: 'nothing is lost by an upgrade: what a newer kind says is held, then applied, and states equal those folded anew',
  I15: 'no clock of a tablet decides about order or uniqueness',
  I16: 'what is counted of an ended class follows from the entries alone',
} as const

export type PromiseId = keyof typeof PROMISES

/** One of the promises was broken. */
export class Violation extends Error {
  readonly promise: PromiseId
  constructor(promise: PromiseId, detail: string) {
    super(`${promise} (${PROMISES[promise]}): ${detail}`)
    this.name = 'Violation'
    this.promise = promise
  }
}

const checks = new Map<PromiseId, number>()

/** How often a promise was looked at in this process. */
export function timesChecked(promise: PromiseId): number {
  return checks.get(promise) ?? 0
}

/** Throws the violation when the promise does not hold; the detail is only put together then. */
export function keeps(holds: boolean, promise: PromiseId, detail: () => string): void {
  checks.set(promise, (checks.get(promise) ?? 0) + 1)
  if (!holds) throw new Violation(promise, detail())
}
