// How often a PIN or a card's code was tried in vain. Counted before the try, so that ending the browser does not win a free one.
import type { DeviceDatabase } from './database.ts'
import { guardStorage } from './fault.ts'

/** Counts tries. `token` names the secret's revision: another token starts from zero. Every call may fault with storage-full or storage-broken. */
export interface AttemptStore {
  failures(key: string, token: string): Promise<number>
  /** Adds one try and answers the new count. */
  count(key: string, token: string): Promise<number>
  clear(key: string): Promise<void>
  /** The keys with a prefix that have reached a number of failures. */
  reached(prefix: string, failures: number): Promise<readonly string[]>
}

/** The counters in IndexedDB. */
export function createAttemptStore(database: DeviceDatabase): AttemptStore {
  const { attempts } = database
  const current = async (key: string, token: string): Promise<number> => {
    const row = await attempts.get(key)
    return row?.token === token ? row.failures : 0
  }
  return {
    failures: (key, token) => guardStorage(() => current(key, token)),
    count: (key, token) =>
      guardStorage(() =>
        database.transaction('rw', attempts, async () => {
          const failures = (await current(key, token)) + 1
          await attempts.put({ key, token, failures })
          return failures
        }),
      ),
    clear: (key) => guardStorage(() => database.transaction('rw', attempts, () => attempts.delete(key))),
    reached: (prefix, failures) =>
      guardStorage(async () =>
        (await attempts.where('key').startsWith(prefix).toArray())
          .filter((row) => row.failures >= failures)
          .map((row) => row.key),
      ),
  }
}
