// The second store of a device as one: its journal and its copy of the rest, over the same files.
import type { Journal } from './journal.ts'
import { createKeptCopy } from './kept-copy.ts'
import type { KeptCopy } from './kept-copy.ts'
import type { LogFiles } from './log-files.ts'
import { createOpfsJournal } from './opfs-journal.ts'

/** Journal and copy. Releasing the journal lets go of every file, after what is on its way has been written. */
export interface SecondStore {
  readonly journal: Journal & Required<Pick<Journal, 'release' | 'prune'>>
  readonly kept: KeptCopy
}

/** The second store over its files; nothing is opened before it is asked. */
export function createSecondStore(files: LogFiles): SecondStore {
  const journal = createOpfsJournal(files)
  const kept = createKeptCopy(files)
  return {
    kept,
    journal: {
      ...journal,
      async prune(epoch, upToSeq) {
        // The copy knows what was dropped before it is.
        await kept.settled()
        await journal.prune(epoch, upToSeq)
      },
      async release() {
        await kept.letGo()
        await journal.release()
      },
    },
  }
}
