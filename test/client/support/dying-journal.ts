// A journal whose process can end in the middle of a write: before the entry is durable, or after it is but before anybody hears of it.
import { createIndexedDbJournal } from '#client/storage/journal.ts'
import type { DeviceDatabase } from '#client/storage/database.ts'
import type { Journal } from '#client/storage/journal.ts'

export type JournalFate = 'lives' | 'dies-before' | 'dies-after' | 'fails'

const never = (): Promise<never> => new Promise(() => undefined)

/** The real journal with a fate drawn for each append. */
export function dyingJournal(
  database: DeviceDatabase,
  fateOf: () => JournalFate,
  onDeath: () => void = () => undefined,
): Journal {
  const journal = createIndexedDbJournal(database)
  return {
    ...journal,
    async append(rows) {
      const fate = fateOf()
      if (fate === 'fails') throw new DOMException('no room', 'QuotaExceededError')
      if (fate === 'dies-before' || fate === 'dies-after') {
        if (fate === 'dies-after') await journal.append(rows)
        onDeath()
        return never()
      }
      return journal.append(rows)
    },
  }
}
