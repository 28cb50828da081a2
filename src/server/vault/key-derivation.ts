// How a short secret becomes a key: Argon2id, 32 bytes, one lane. Runs on the thread pool, so the server goes on answering meanwhile.
import { argon2 } from 'node:crypto'
import type { KeyCost } from '#contract/vault.ts'
import type { RandomBytes } from './cipher.ts'
import { KEY_BYTES, fromBase64Url, toBase64Url } from './cipher.ts'

const SALT_BYTES = 16

/** The cost of a staff PIN: OWASP's 19 MiB and two passes, about a quarter of a second on a cheap tablet. */
export const PIN_COST = { memoryKib: 19 * 1024, passes: 2 } as const

/** The cost of a trainee's code: less memory, since a kiosk opens a card for each person who walks up. */
export const CODE_COST = { memoryKib: 8 * 1024, passes: 2 } as const

/** A fresh cost: fixed work, own salt. */
export function freshCost(work: { readonly memoryKib: number; readonly passes: number }, random: RandomBytes): KeyCost {
  return { salt: toBase64Url(random(SALT_BYTES)), memoryKib: work.memoryKib, passes: work.passes }
}

/** Derives the key of a secret. */
export function deriveKey(secret: string, cost: KeyCost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      {
        message: Buffer.from(secret, 'utf8'),
        nonce: fromBase64Url(cost.salt),
        parallelism: 1,
        tagLength: KEY_BYTES,
        memory: cost.memoryKib,
        passes: cost.passes,
      },
      (error, key) => (error === null ? resolve(new Uint8Array(key)) : reject(error)),
    )
  })
}

/** Does work on each item, at most `lanes` at a time, answers in the order of the items. */
export async function mapInLanes<Item, Answer>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next
      next += 1
      const item = items[index]
      if (item !== undefined) answers[index] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
  return answers
}
