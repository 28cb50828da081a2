// Bugs about how far a tablet has read.
import type { SourceMutant } from './source-mutant.ts'

const family = 'cursor'

export const CURSOR: readonly SourceMutant[] = [
  {
    family,
    name: 'asks for what comes after the next position',
    edits: [
      {
        file: 'src/client/sync/pull.ts',
        find: 'path: `/api/sync/pull?after=${String(before.cursor)}`,',
        replace: 'path: `/api/sync/pull?after=${String(before.cursor + 1)}`,',
      },
    ],
  },
  {
    family,
    name: 'sends the reader of a full page on to the end',
    edits: [
      {
        file: 'src/server/ledger/feed.ts',
        find: 'const cursor = found.length === PULL_ENTRIES_MAX ? (found.at(-1)?.position ?? until) : until',
        replace: 'const cursor = until',
      },
    ],
  },
  {
    family,
    name: 'takes a page that was cut short for a whole one',
    edits: [
      {
        file: 'src/client/sync/pull.ts',
        find: "if (!isWhole) throw new Fault('offline', new TypeError('the page was cut short'))",
        replace: 'void isWhole',
      },
    ],
  },
  {
    family,
    name: 'applies lines it has applied before',
    edits: [
      {
        file: 'src/client/ledger/confirm-entries.ts',
        find: 'const lines = page.lines.map(readPulledLine).filter((line) => line.position > state.cursor)',
        replace: 'const lines = page.lines.map(readPulledLine)',
      },
    ],
  },
  {
    family,
    name: 'moves on in memory before the page is on the disk',
    edits: [
      {
        file: 'src/client/ledger/ledger-memory.ts',
        find: 'await store.commit(step) state = step.state',
        replace: `state = step.state
      await store.commit(step)`,
      },
    ],
  },
]
