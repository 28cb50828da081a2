// One store of a tablet is torn, flipped or deleted, in twelve ways. Reopened twice, with a tap in between, everything it said is saved is still shown.
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeProofTablet, openProofSite, type ProofSite, type SavedTap, shownNow } from './proof-tablet.ts'

/** What came of it: ways of damage, taps that were said to be saved in all of them, and how many of those are not shown. */
export interface CorruptionFigure {
  readonly kinds: number
  readonly acknowledged: number
  readonly lost: number
}

interface Store {
  readonly indexedDb: string
  readonly files: string
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function storesOf(profile: string): Promise<Store> {
  const home = join(profile, 'Default')
  const folders = await readdir(join(home, 'IndexedDB'))
  const name = folders.find((folder) => folder.endsWith('.indexeddb.leveldb'))
  if (name === undefined) throw new Error(`no LevelDB of IndexedDB: ${folders.join()}`)
  return { indexedDb: join(home, 'IndexedDB', name), files: join(home, 'File System') }
}

const logOf = async ({ indexedDb }: Store): Promise<string> => {
  const logs = (await readdir(indexedDb)).filter((name) => name.endsWith('.log')).sort()
  return join(indexedDb, logs.at(-1) ?? 'no log')
}

/** The journal is the largest of the files that hold entries' ids; its bytes say so themselves. */
async function journalOf({ files }: Store): Promise<string> {
  for (const file of await filesUnder(files)) {
    const head = (await readFile(file)).subarray(8, 40).toString('latin1')
    if (/^[A-Za-z0-9_-]{8,32} \d+ \d+\n/.test(head)) return file
  }
  throw new Error('the journal file was not found')
}

async function cut(file: string, bytes: number): Promise<void> {
  await truncate(file, Math.max(0, (await stat(file)).size - bytes))
}

async function flip(file: string, where: number, count: number): Promise<void> {
  const bytes = await readFile(file)
  const from = Math.floor(bytes.length * where)
  for (let at = from; at < Math.min(bytes.length, from + count); at += 1) bytes[at] = (bytes[at] ?? 0) ^ 0x5a
  await writeFile(file, bytes)
}

const drop = (path: string): Promise<void> => rm(path, { recursive: true, force: true })

async function manifestOf({ indexedDb }: Store): Promise<string> {
  return join(indexedDb, (await readdir(indexedDb)).find((name) => name.startsWith('MANIFEST')) ?? 'no manifest')
}

/** The twelve ways, each upon one store alone. */
const KINDS: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  'LevelDB log: 1 byte cut': async (store) => cut(await logOf(store), 1),
  'LevelDB log: 9 bytes cut': async (store) => cut(await logOf(store), 9),
  'LevelDB log: 100 bytes cut': async (store) => cut(await logOf(store), 100),
  'LevelDB log: 1024 bytes cut': async (store) => cut(await logOf(store), 1024),
  'LevelDB log: half cut': async (store) =>
    truncate(await logOf(store), Math.floor((await stat(await logOf(store))).size / 2)),
  'LevelDB log: 8 bytes flipped in the middle': async (store) => flip(await logOf(store), 0.5, 8),
  'LevelDB: MANIFEST flipped': async (store) => flip(await manifestOf(store), 0, 8),
  'IndexedDB: folder deleted': (store) => drop(store.indexedDb),
  'journal file: 37 bytes cut': async (store) => cut(await journalOf(store), 37),
  'journal file: 8 bytes flipped in the middle': async (store) => flip(await journalOf(store), 0.5, 8),
  'journal file: deleted': async (store) => drop(await journalOf(store)),
  'file system: folder deleted': (store) => drop(store.files),
}

export const CORRUPTION_KINDS: readonly string[] = Object.keys(KINDS)

function lastMarks(saved: readonly SavedTap[]): ReadonlyMap<string, string> {
  return new Map(saved.map(({ traineeId, mark }) => [traineeId, mark]))
}

function missing(saved: readonly SavedTap[], shown: ReadonlyMap<string, string>): number {
  return [...lastMarks(saved)].filter(([traineeId, mark]) => shown.get(traineeId) !== mark).length
}

const TAPS_BEFORE = 30
const TAPS_BETWEEN = 4

/** One way: damage, reopen, tap, kill, reopen. Nothing reaches the site, so that only the tablet can know. */
async function proveKind(
  site: ProofSite,
  base: string,
  before: readonly SavedTap[],
  name: string,
): Promise<{ acknowledged: number; lost: number }> {
  const damage = KINDS[name]
  if (damage === undefined) throw new Error(`no such kind: ${name}`)
  const tablet = await makeProofTablet(site, { copyOf: base, saved: before, startsClosed: true })
  try {
    await damage(await storesOf(tablet.profile.folder))
    tablet.setOnline(false)
    const first = missing(before, await shownNow(await tablet.open()))
    await tablet.tap(TAPS_BETWEEN, 77)
    await tablet.kill()
    const second = missing(tablet.saved, await shownNow(await tablet.open()))
    return { acknowledged: tablet.saved.length, lost: first + second }
  } finally {
    await tablet.remove()
  }
}

/** Tries every way once a round; prints and answers the figure. */
export async function proveCorruption(
  rounds: number,
  print: (line: string) => void,
  kinds = CORRUPTION_KINDS,
): Promise<CorruptionFigure> {
  const site = await openProofSite()
  const base = await makeProofTablet(site)
  let acknowledged = 0
  let lost = 0
  try {
    await base.open()
    await base.tap(TAPS_BEFORE / 2, 5)
    await base.profile.page().waitForTimeout(1500)
    base.setOnline(false)
    await base.tap(TAPS_BEFORE / 2, 6)
    await base.kill()
    for (let round = 0; round < rounds; round += 1) {
      for (const name of kinds) {
        const figure = await proveKind(site, base.profile.folder, base.saved, name)
        acknowledged += figure.acknowledged
        lost += figure.lost
        print(`${name}, reopened twice: acknowledged ${String(figure.acknowledged)}, lost ${String(figure.lost)}`)
      }
    }
    print(
      `one store damaged in ${String(kinds.length)} ways: acknowledged ${String(acknowledged)}, lost ${String(lost)}`,
    )
    return { kinds: kinds.length, acknowledged, lost }
  } finally {
    await base.remove()
    await site.stop()
  }
}
