// Bugs that throw something away while it is still needed.
import type { SourceMutant } from './source-mutant.ts'

const family = 'prune'

export const PRUNE: readonly SourceMutant[] = [
  {
    family,
    name: 'drops a run of own entries when the first of them came back',
    edits: [
      {
        file: 'src/client/ledger/pending-entries.ts',
        find: 'const end = boundIn(run, run.toSeq) ?? run.position',
        replace: 'const end = boundIn(run, run.fromSeq) ?? run.position',
      },
    ],
  },
  {
    family,
    name: 'forgets at every page what was received and has not come back',
    edits: [
      {
        file: 'src/client/ledger/confirm-entries.ts',
        find: 'acked: trimRuns(state.acked, cursor, own),',
        replace: 'acked: [],',
      },
    ],
  },
  {
    family,
    name: 'reads only what has no receipt when a window opens',
    edits: [
      {
        file: 'src/client/ledger/pending-entries.ts',
        find: 'return Math.min(state.watermark + 1, ...state.acked.map((run) => run.fromSeq))',
        replace: 'return state.watermark + 1',
      },
    ],
  },
  {
    family,
    name: 'forgets earlier refusals in the second store',
    edits: [
      {
        file: 'src/client/storage/kept-content.ts',
        find: 'const before = frame.clear ? [] : content.refused.filter((row) => !gone.has(seqName(row)))',
        replace: 'const before = gone.size < 0 ? content.refused : []',
      },
    ],
  },
  {
    family,
    name: 'drops earlier refusals with the next push',
    edits: [
      {
        file: 'src/client/ledger/confirm-entries.ts',
        find: 'noLongerRefused: refusedBefore.filter((row) => row.seq >= first && row.seq <= last && !refusedSeqs.has(row.seq)),',
        replace: 'noLongerRefused: refusedBefore.filter((row) => !refusedSeqs.has(row.seq)),',
      },
    ],
  },
  {
    family,
    name: 'writes the second store anew without its pages',
    edits: [
      {
        file: 'src/client/storage/kept-copy.ts',
        find: 'for await (const some of wanted) await pages.append(some)',
        replace: 'for await (const some of wanted) void some',
      },
    ],
  },
]
