// The third place: a few words in localStorage, which outlives the loss of both stores. The browser writes it lazily, so it is a lower bound.
import { z } from 'zod'
import { Hash } from '#contract/values.ts'

/** What this browser last acknowledged, and as which device. `granted`: the last seq when the browser agreed to keep the data, null if it never did. */
export const Canary = z.object({
  deviceId: z.string(),
  epoch: z.string(),
  lastSeq: z.int().min(0),
  head: Hash,
  granted: z.int().min(0).nullable().default(null),
})
export type Canary = z.infer<typeof Canary>

/** The part of localStorage this needs; it may throw where a browser forbids it. */
export type TextBox = Pick<Storage, 'getItem' | 'setItem'>

/** Reads and writes the canary. Neither ever throws: it only ever adds to what the stores say. */
export interface CanaryBox {
  read(): Canary | null
  write(canary: Canary): void
  /** Changes what is there already. */
  update(change: Partial<Canary>): void
}

const KEY = 'xincheng-canary'

function parsed(text: string | null): Canary | null {
  try {
    const found = Canary.safeParse(JSON.parse(text ?? 'null'))
    return found.success ? found.data : null
  } catch {
    return null
  }
}

/** The canary in a box. */
export function createCanaryBox(box: () => TextBox): CanaryBox {
  function read(): Canary | null {
    try {
      return parsed(box().getItem(KEY))
    } catch {
      return null
    }
  }
  function write(canary: Canary): void {
    try {
      box().setItem(KEY, JSON.stringify(canary))
    } catch {
      // Without it a loss of both stores looks like a first run; nothing else depends on it.
    }
  }
  return {
    read,
    write,
    update(change) {
      const before = read()
      if (before !== null) write({ ...before, ...change })
    },
  }
}
