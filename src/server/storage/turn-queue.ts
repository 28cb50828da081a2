// One at a time: a queue of asynchronous turns, for stores whose engine has a single writer.

/** Runs turns strictly one after the other, in the order they were asked for; a failed turn stops nobody behind it. */
export interface TurnQueue {
  run<Value>(turn: () => Promise<Value>): Promise<Value>
  /** Refuses new turns and waits for those asked for. */
  close(): Promise<void>
}

/** Makes an empty queue. */
export function makeTurnQueue(): TurnQueue {
  let last: Promise<unknown> = Promise.resolve()
  let closed = false
  return {
    run(turn) {
      if (closed) return Promise.reject(new Error('the store is closed'))
      const mine = last.then(turn, turn)
      last = mine.catch(() => undefined)
      return mine
    },
    async close() {
      closed = true
      await last
    },
  }
}
