// One transaction that a no takes back.
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import type { Outcome, ProblemOutcome } from './outcome.ts'
import type { ServerContext } from './server-context.ts'

/** Carries a problem out of a transaction, so that the store leaves nothing. */
class TakenBack extends Error {
  readonly outcome: ProblemOutcome
  constructor(outcome: ProblemOutcome) {
    super('the transaction is taken back')
    this.outcome = outcome
  }
}

/** Runs work in one transaction; it commits when the answer is yes or its problem keeps what was written, else it leaves nothing. */
export async function commitOutcome<Value>(
  context: Pick<ServerContext, 'store' | 'facilityId'>,
  work: (tx: LedgerTransaction) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await context.store.transaction(context.facilityId, async (tx) => {
      const outcome = await work(tx)
      if (!outcome.ok && outcome.problem.keepWrites !== true) throw new TakenBack(outcome)
      return outcome
    })
  } catch (reason) {
    if (reason instanceof TakenBack) return reason.outcome
    throw reason
  }
}
