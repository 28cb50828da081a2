// What this browser holds when it opens: finds the newest device in its stores, compares them with the canary, and rebuilds a lost one from the other.
import type { Canary, CanaryBox } from '#client/storage/canary.ts'
import { compareStores } from '#client/storage/compare-stores.ts'
import type { Standing, StoreStanding } from '#client/storage/compare-stores.ts'
import { createConfirmedStore } from '#client/storage/confirmed-store.ts'
import { databaseGenerations, generationsIn, openDatabase, storeNameOf } from '#client/storage/database.ts'
import type { DeviceDatabase } from '#client/storage/database.ts'
import { loadDevice } from '#client/storage/device-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { Fault, faultCodeOf, guardStorage } from '#client/storage/fault.ts'
import { countEntries } from '#client/storage/journal.ts'
import type { KeptContent } from '#client/storage/kept-content.ts'
import type { SecondStoreSource } from '#client/storage/opfs-files.ts'
import { createSecondStore } from '#client/storage/second-store.ts'
import type { SecondStore } from '#client/storage/second-store.ts'
import { readSealed } from './level-copy.ts'
import { rebuildIndexedDb, restoreJournal, restoreSealedRows } from './rebuild-indexeddb.ts'
import type { NewKey } from './rebuild-indexeddb.ts'
import { restoreConfirmed } from './restore-confirmed.ts'

/** Where the stores of a browser lie. `second` is null where there is no second store; `isFree` says whether no other window holds the journal of a name. */
export interface StoreSources {
  readonly databases: () => IDBFactory
  readonly second: SecondStoreSource | null
  readonly canary: CanaryBox
  readonly isFree: (lockName: string) => Promise<boolean>
  readonly makeKey: () => Promise<NewKey>
}

/** One device's stores, opened. */
export interface OpenedDevice {
  readonly database: DeviceDatabase
  readonly second: SecondStore | null
  readonly device: DeviceRecord
}

/** What was found. `hadCanary`: this browser wrote a canary before. `lost`: what the canary says of a device of which both stores are gone. `generation`: the newest there is, 0 for none. */
export interface OpenedStores {
  readonly standing: Standing
  readonly opened: OpenedDevice | null
  readonly hadCanary: boolean
  readonly generation: number
  readonly lost: Canary | null
}

interface Found {
  readonly generation: number
  readonly database: DeviceDatabase | null
  readonly device: DeviceRecord | null
  readonly second: SecondStore | null
  /** Null when nothing is kept there, 'held' while another window has the files. */
  readonly content: KeptContent | 'held' | null
  readonly standing: Standing
}

function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  throw thrown
}

const TRIES = 4
const AGAIN_MS = 300

// A browser that finds its database torn fails the first call, drops the database, and answers the next.
async function stubbornly<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      // Some browsers forbid even to look, and say so at once.
      return await guardStorage(async () => work())
    } catch (thrown) {
      if (tries === TRIES) throw thrown
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}

async function indexedDbStanding(database: DeviceDatabase, device: DeviceRecord): Promise<StoreStanding> {
  const { deviceId, epoch } = device
  const pruned = (await createConfirmedStore(database).loadState())?.pruned ?? 0
  // Where rows are missing in between, nothing but the whole other journal makes it whole again.
  const { last, count } = await countEntries(database, epoch, pruned)
  return { deviceId, epoch, lastSeq: Math.min(last, pruned + count) }
}

// Another window that opens at this moment holds the files for a moment too: then what IndexedDB says must do.
async function readSecond(
  second: SecondStore,
): Promise<{ content: KeptContent | 'held' | null; standing: StoreStanding | null }> {
  try {
    const content = await second.kept.load()
    if (content.device === null) return { content: null, standing: null }
    const { deviceId, epoch } = content.device
    return { content, standing: { deviceId, epoch, lastSeq: (await second.journal.last(epoch))?.seq ?? 0 } }
  } catch (thrown) {
    if (faultCodeOf(thrown) === 'another-window') return { content: 'held', standing: null }
    throw thrown
  }
}

interface First {
  readonly database: DeviceDatabase
  readonly device: DeviceRecord | null
  readonly standing: StoreStanding | null
}

function readFirst(sources: StoreSources, generation: number): Promise<First> {
  return stubbornly(async () => {
    const database = await openDatabase(sources.databases(), generation)
    try {
      const device = await loadDevice(database)
      return { database, device, standing: device === null ? null : await indexedDbStanding(database, device) }
    } catch (thrown) {
      database.close()
      throw thrown
    }
  })
}

async function look(sources: StoreSources, canary: Canary | null, generation: number, has: Has): Promise<Found> {
  const name = storeNameOf(generation)
  const files = sources.second === null ? null : sources.second.files(name)
  const second = files === null ? null : createSecondStore(files)
  const isHeld = second !== null && !(await sources.isFree(name))
  const mayRead = second !== null && has.folder && !isHeld
  const [first, kept] = await Promise.all([
    has.database ? readFirst(sources, generation).catch(faultOf) : null,
    mayRead ? readSecond(second) : { content: isHeld ? ('held' as const) : null, standing: null },
  ])
  const { content } = kept
  const isAlone = second === null || content === 'held'
  // A database that opens but cannot be read is as good as lost, when the other store has what was in it.
  if (first instanceof Fault && (isAlone || content === null)) throw first
  const { database = null, device = null, standing = null } = first instanceof Fault || first === null ? {} : first
  const compared = compareStores(canary, standing, isAlone ? standing : kept.standing)
  return { generation, database, device, second, content, standing: compared }
}

interface Has {
  readonly database: boolean
  readonly folder: boolean
}

// IndexedDB may have lost the end of what it had while the copy still has it; what was confirmed is then put back from there.
async function mend(
  found: Found & { readonly database: DeviceDatabase; readonly device: DeviceRecord },
): Promise<void> {
  const { database, device, second, content } = found
  if (second === null || content === null || content === 'held') return
  const { epoch } = device
  const store = createConfirmedStore(database)
  const state = await store.loadState()
  const pruned = state?.pruned ?? 0
  const { last, count } = await countEntries(database, epoch, pruned)
  const isWhole = pruned + count === last
  const end = (await second.journal.last(epoch))?.seq ?? 0
  if (!isWhole || last < end) await restoreJournal(database, second.journal, epoch, isWhole ? last + 1 : pruned + 1)
  const isAhead =
    content.state !== null &&
    content.state.cursor > (state?.cursor ?? 0) &&
    content.state.serverEpoch === (state?.serverEpoch ?? content.state.serverEpoch)
  if (isAhead) await restoreConfirmed(store, second.kept, content, device)
  if (content.privateStep > (await readSealed(database)).privateStep) await restoreSealedRows(database, content)
}

async function makeReady(sources: StoreSources, found: Found): Promise<OpenedDevice | null> {
  const { generation, second, content, standing } = found
  if (standing.is === 'whole' || standing.is === 'opfs-lost') {
    const { database, device } = found
    if (database === null || device === null) return null
    await mend({ ...found, database, device })
    return { database, second, device }
  }
  if (standing.is !== 'indexeddb-lost' || second === null) return null
  if (content === null || content === 'held' || content.device === null) return null
  const database = found.database ?? (await stubbornly(() => openDatabase(sources.databases(), generation)))
  const device = await rebuildIndexedDb(database, second, content, content.device, sources.makeKey)
  return { database, second, device }
}

const WAITS = 12
const WAIT_MS = 250

// While another window rebuilds the database, this one sees neither a device nor the files.
async function lookUntilFree(
  sources: StoreSources,
  canary: Canary | null,
  generation: number,
  has: Has,
): Promise<Found> {
  for (let tries = 0; ; tries += 1) {
    const found = await look(sources, canary, generation, has)
    if (found.device !== null || found.content !== 'held' || tries >= WAITS) return found
    found.database?.close()
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  }
}

/**
 * Opens the newest generation that is of the canary's device, or of any device without a canary. Rebuilding can be ended at any moment and is done
 * again at the next opening. Faults: storage-full, storage-broken.
 */
export async function openStores(sources: StoreSources): Promise<OpenedStores> {
  const canary = sources.canary.read()
  const databases = await stubbornly(() => databaseGenerations(sources.databases()))
  const folders = sources.second === null ? [] : generationsIn(await sources.second.folders())
  const generations = [...new Set([...databases, ...folders])].sort((a, b) => b - a)
  const newest = generations[0] ?? 0
  let best: Standing = compareStores(canary, null, null)
  for (const generation of generations) {
    const has = { database: databases.includes(generation), folder: folders.includes(generation) }
    const found = await lookUntilFree(sources, canary, generation, has)
    const opened = await makeReady(sources, found)
    if (opened !== null)
      return { standing: found.standing, opened, hadCanary: canary !== null, generation: newest, lost: null }
    if (found.standing.is === 'both-lost' && best.is === 'both-lost' && found.standing.keptSeq > best.keptSeq)
      best = found.standing
    found.database?.close()
    await found.second?.journal.release().catch(() => undefined)
  }
  return {
    standing: best,
    opened: null,
    hadCanary: canary !== null,
    generation: newest,
    lost: best.is === 'both-lost' ? canary : null,
  }
}
