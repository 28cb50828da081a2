// Bugs about what is said to be saved, received or refused.
import type { SourceMutant } from './source-mutant.ts'

const family = 'acknowledgement'

export const ACKNOWLEDGEMENT: readonly SourceMutant[] = [
  {
    family,
    name: 'says an entry is saved before any journal has it',
    edits: [
      {
        file: 'src/client/ledger/record-entry.ts',
        find: 'const outcomes = await Promise.allSettled(journals.map((journal) => journal.append(rows)))',
        replace: `const outcomes: PromiseSettledResult<void>[] = []
  void Promise.allSettled(journals.map((journal) => journal.append(rows)))`,
      },
    ],
  },
  {
    family,
    name: 'says an entry is saved when one of two journals has it',
    edits: [
      {
        file: 'src/client/ledger/record-entry.ts',
        find: "const failed = outcomes.find((outcome) => outcome.status === 'rejected')",
        replace: `const all = outcomes.every((outcome) => outcome.status === 'rejected')
  const failed = all ? outcomes.find((outcome) => outcome.status === 'rejected') : undefined`,
      },
    ],
  },
  {
    family,
    name: 'answers a push whose transaction failed',
    edits: [
      {
        file: 'src/server/ledger/commit-outcome.ts',
        find: 'try { return await context.store.transaction(context.facilityId, async (tx) => { const outcome = await work(tx)',
        replace: `let answered: Outcome<Value> | null = null
  try {
    return await context.store.transaction(context.facilityId, async (tx) => {
      const outcome = await work(tx)
      answered = outcome`,
      },
      {
        file: 'src/server/ledger/commit-outcome.ts',
        find: 'if (reason instanceof TakenBack) return reason.outcome',
        replace: `if (reason instanceof TakenBack) return reason.outcome
    if (answered !== null) return answered`,
      },
    ],
  },
  {
    family,
    name: 'takes the entry after the last one of a push for received',
    edits: [
      {
        file: 'src/client/ledger/confirm-entries.ts',
        find: 'watermark: Math.max(state.watermark, last),',
        replace: 'watermark: Math.max(state.watermark, last + 1),',
      },
    ],
  },
  {
    family,
    name: 'forgets what was refused',
    edits: [
      {
        file: 'src/client/ledger/confirm-entries.ts',
        find: "if (verdict?.status === 'refused') refused.push({ epoch, seq, id, code: verdict.code, refusedAt })",
        replace: "if (verdict?.status === 'refused') extendRuns(runs, seq, 0)",
      },
    ],
  },
  {
    family,
    name: 'never asks what became of a held entry',
    edits: [
      {
        file: 'src/client/sync/push.ts',
        find: "return (await askAboutHeld(parts)) ?? { ended: 'all-sent' }",
        replace: "return { ended: 'all-sent' }",
      },
    ],
  },
]
