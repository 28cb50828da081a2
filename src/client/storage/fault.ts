// The fifth error word: the world failed. Thrown at the edges only (disk, network, another window), never by a rule.

/** The closed list of faults; each has a sentence in every language. */
export const FAULT_CODES = [
  'storage-full',
  'storage-broken',
  'offline',
  'timeout',
  'another-window',
  'other-version',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** A failure of the world. `code` picks the sentence; the cause is for the console only and never shown. */
export class Fault extends Error {
  readonly code: FaultCode

  constructor(code: FaultCode, cause?: unknown) {
    super(code, { cause })
    this.name = 'Fault'
    this.code = code
  }
}

/** The fault code of anything thrown, or null when it is a bug. */
export function faultCodeOf(thrown: unknown): FaultCode | null {
  return thrown instanceof Fault ? thrown.code : null
}

// Dexie wraps the browser's own error; the quota error may lie one or two levels deep.
function isQuotaError(thrown: unknown, depth = 0): boolean {
  if (typeof thrown !== 'object' || thrown === null || depth > 3) return false
  if ('name' in thrown && thrown.name === 'QuotaExceededError') return true
  return 'inner' in thrown && isQuotaError(thrown.inner, depth + 1)
}

/** What a store threw, as a Fault: storage-full when there is no room left, else storage-broken. */
export function storageFaultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  return new Fault(isQuotaError(thrown) ? 'storage-full' : 'storage-broken', thrown)
}

/** Does work on the local store and turns what the browser throws into a Fault. Faults: storage-full, storage-broken. */
export async function guardStorage<Value>(work: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await work()
  } catch (thrown) {
    throw storageFaultOf(thrown)
  }
}
