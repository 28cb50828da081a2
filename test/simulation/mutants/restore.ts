// Bugs about a site that came back from a backup, and a store that came back from the other.
import type { SourceMutant } from './source-mutant.ts'

const family = 'restore'

export const RESTORE: readonly SourceMutant[] = [
  {
    family,
    name: 'does not see that the site has another epoch',
    edits: [
      {
        file: 'src/client/sync/pull.ts',
        find: 'if (page.header.serverEpoch !== before.serverEpoch) {',
        replace: 'if (page.header.serverEpoch === null) {',
      },
      {
        file: 'src/client/sync/push.ts',
        find: 'if (receipt.serverEpoch !== parts.ledger.ownWork().state.serverEpoch) {',
        replace: 'if (receipt.serverEpoch === null) {',
      },
    ],
  },
  {
    family,
    name: 'offers nothing again to a restored site',
    edits: [
      {
        file: 'src/client/ledger/confirm-entries.ts',
        find: 'const watermark = state.pruned ?? 0',
        replace: 'const { watermark } = state',
      },
    ],
  },
  {
    family,
    name: 'reads on where it was in the ledger before the restore',
    edits: [
      {
        file: 'src/client/ledger/confirm-entries.ts',
        find: "state: { ...freshSyncState(serverEpoch), ...lastingOf(state), watermark, syncedAt: state.syncedAt }, clear: 'all',",
        replace: 'state: { ...state, serverEpoch, watermark, acked: [] },',
      },
    ],
  },
  {
    family,
    name: 'shows nothing of its own any more that a restored site has lost',
    edits: [
      {
        file: 'src/client/ledger/ledger-memory.ts',
        find: "const wentBack = step.state.watermark < state.watermark || step.clear === 'all'",
        replace: 'const wentBack = step.state.watermark < 0',
      },
    ],
  },
  {
    family,
    name: 'folds what a restored site sends onto what it had read before',
    edits: [
      {
        file: 'src/client/ledger/ledger-memory.ts',
        find: "if (clear !== undefined) reader.forget('all')",
        replace: '',
      },
    ],
  },
  {
    family,
    name: 'puts back the pages of a lost store without what they add up to',
    edits: [
      {
        file: 'src/client/recovery/restore-confirmed.ts',
        find: 'const last = isWhole && content.state !== null ? { ...content.state, foldVersion: 0 } : state',
        replace: 'const last = isWhole && content.state !== null ? content.state : state',
      },
    ],
  },
]
