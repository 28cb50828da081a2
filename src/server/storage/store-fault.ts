// The world failed under a store. Caught only at the edge.

/** `full`: no room to write. `broken`: the medium or the file answers wrongly. `busy`: another process holds it. Nothing was written. */
export type StoreFaultReason = 'full' | 'broken' | 'busy'

/** A store could not do its work; the transaction left nothing. */
export class StoreFault extends Error {
  readonly reason: StoreFaultReason
  constructor(reason: StoreFaultReason, cause: unknown) {
    super(`the store is ${reason}`, { cause })
    this.reason = reason
  }
}
