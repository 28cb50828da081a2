// Everything that lies on a browser's disk, as text: what somebody finds who copies it.
import type { TestBrowser } from './test-browser.ts'

function request<Value>(asked: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('the request failed'))
  })
}

/** Keys and values of every table of every database. */
export async function dumpDisk({
  disk,
}: TestBrowser): Promise<{ readonly text: string; readonly tables: readonly string[] }> {
  const parts: string[] = []
  const tables: string[] = []
  for (const { name } of await disk.databases()) {
    const database = await request(disk.open(name ?? ''))
    for (const table of database.objectStoreNames) {
      tables.push(table)
      const store = database.transaction(table).objectStore(table)
      const [keys, values] = await Promise.all([request(store.getAllKeys()), request(store.getAll())])
      parts.push(JSON.stringify([table, keys, values]))
    }
    database.close()
  }
  return { text: parts.join('\n'), tables }
}
