// Bugs about two histories of one device.
import type { SourceMutant } from './source-mutant.ts'

const family = 'fork'

export const FORK: readonly SourceMutant[] = [
  {
    family,
    name: 'lets a forked device write on',
    edits: [
      {
        file: 'src/server/ledger/quarantine.ts',
        find: 'return { ...device, quarantinedAt: device.quarantinedAt ?? now }',
        replace: 'void now; return device',
      },
    ],
  },
  {
    family,
    name: 'throws the other branch of a fork away',
    edits: [
      {
        file: 'src/server/ledger/quarantine.ts',
        find: '{ fromSeq, head, signature, texts, receivedAt: now }',
        replace: '{ fromSeq, head, signature, texts: [], receivedAt: now }',
      },
    ],
  },
  {
    family,
    name: 'takes the quarantine back with the push that forked',
    edits: [
      {
        file: 'src/server/ledger/quarantine.ts',
        find: "return problem('chain-forked', { keepWrites: true })",
        replace: "return problem('chain-forked')",
      },
    ],
  },
  {
    family,
    name: 'takes other entries under known numbers for known',
    edits: [
      {
        file: 'src/server/ledger/accept-batch.ts',
        find: 'if (forkedSeq !== undefined) return quarantine(tx, context, batch, forkedSeq)',
        replace: 'void quarantine',
      },
    ],
  },
  {
    family,
    name: 'says nothing of a fork to the person at the tablet',
    edits: [
      {
        file: 'src/client/sync/push.ts',
        find: "if (code === 'chain-forked') return { ended: 'forked' }",
        replace: "if (code === 'chain-forked') return { ended: 'stopped', code: 'internal' }",
      },
    ],
  },
]
