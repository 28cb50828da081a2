// The copy of everything else a tablet needs to go on without IndexedDB: its device record without the key, the sealed rows, what is confirmed and
// refused, notes not yet sent. Written after the tap, never on its path, except for notes, of which no other copy exists until they are sent.
import type { PrivateRow } from '#contract/sync.ts'
import type { VaultRow } from '#contract/vault.ts'
import type { ConfirmedStep } from './confirmed-store.ts'
import type { SealedRow, SegmentRow } from './database.ts'
import type { KeylessDevice } from './device-store.ts'
import { Fault, guardStorage } from './fault.ts'
import type { KeptContent } from './kept-content.ts'
import { createChangeLog, createKeptOpening, createPageLog, stepFrame } from './kept-logs.ts'
import type { LogFiles } from './log-files.ts'

/** How the sealed rows changed; `step` counts the changes, so that of two copies the newer is known. */
export interface SealedChange {
  readonly step: number
  readonly put: readonly PrivateRow[]
  readonly drop: readonly Pick<SealedRow, 'collection' | 'key'>[]
  readonly hash: string | null
}

/** The second copy. Writes happen in the order they were asked for. Before `level`, and after a write that failed, the lazy ones are left out until `level`. */
export interface KeptCopy {
  /** What the copy holds, read anew. Faults: storage-broken, another-window. */
  load(): Promise<KeptContent>
  /** The confirmed pages of the copy in order, from the `from`th on, at most twenty; a page whose bytes changed ends the list. */
  segments(from: number): Promise<readonly SegmentRow[]>
  /** Resolves when the record is durable here. */
  saveDevice(device: KeylessDevice): Promise<void>
  step(step: ConfirmedStep): void
  sealed(change: SealedChange): void
  /** Resolves when the note is durable here. */
  note(row: VaultRow, step: number): Promise<void>
  notesSent(keys: readonly string[], step: number): void
  /**
   * Makes the copy level with what `gather` answers when it is shown what is kept: null leaves it, else everything is written anew. Nothing else is
   * written meanwhile.
   */
  level(gather: (kept: KeptContent) => Promise<KeptReplacement | null>): Promise<void>
  /** Waits for every write so far. */
  settled(): Promise<void>
  /** Forgets what is open; the files are let go of by the journal. */
  letGo(): Promise<void>
}

/** What a copy should hold; the pages are appended to those that are kept unless `clear`. */
export interface KeptReplacement {
  readonly content: KeptContent
  readonly pages: AsyncIterable<readonly SegmentRow[]>
  readonly clear: boolean
}

/** The copy over the files of the second store. Faults of the awaited calls: storage-full, storage-broken, another-window. */
export function createKeptCopy(files: LogFiles): KeptCopy {
  const opening = createKeptOpening(files)
  const pages = createPageLog(files, opening)
  const changes = createChangeLog(files, opening)
  let tail: Promise<unknown> = Promise.resolve()
  // Until it was compared with IndexedDB the copy may lack what another window wrote: a later step must not cover that up.
  let behind = true

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = tail.then(() => guardStorage(work))
    tail = turn.catch(() => undefined)
    return turn
  }
  // After a write that failed, later ones would stand on nothing: the copy stays where it is until it is made level again.
  function lazily(work: () => Promise<void>): void {
    inTurn(async () => {
      if (!behind) await work()
    }).catch(() => {
      behind = true
    })
  }
  const pageCount = async (): Promise<number> => (await opening.opened()).heads.length
  async function writeStep(step: ConfirmedStep): Promise<void> {
    if (step.clear === 'all') await pages.clear()
    if (step.segment !== undefined) await pages.append([step.segment])
    await changes.append([stepFrame(step, await pageCount())])
  }
  async function replace({ content, pages: wanted, clear }: KeptReplacement): Promise<void> {
    if (clear) await pages.clear()
    for await (const some of wanted) await pages.append(some)
    await changes.rewrite({ ...content, segmentCount: await pageCount() })
  }
  return {
    load: () => inTurn(changes.load),
    segments: (from) => inTurn(() => pages.read(from)),
    saveDevice: (device) => inTurn(() => changes.append([{ kind: 'device', device }])),
    step: (step) => lazily(() => writeStep(step)),
    sealed: (change) => lazily(() => changes.append([{ kind: 'sealed', ...change }])),
    note: (row, step) =>
      inTurn(() => {
        if (behind) throw new Fault('storage-broken', new Error('the copy is behind'))
        return changes.append([{ kind: 'note', row, step }])
      }),
    notesSent: (keys, step) => lazily(() => changes.append([{ kind: 'sent', keys, step }])),
    level: (gather) =>
      inTurn(async () => {
        behind = true
        const wanted = await gather(await changes.load())
        if (wanted !== null) await replace(wanted)
        behind = false
      }),
    settled: async () => void (await tail),
    async letGo() {
      await tail
      opening.forget()
      behind = true
    },
  }
}
