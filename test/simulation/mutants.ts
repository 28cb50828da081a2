// Mistakes people make in such programs, one wrapper each. The invariants must notice every one of them.
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { Hash } from '#contract/values.ts'
import type { ConfirmedStep } from '#client/storage/confirmed-store.ts'
import type { LedgerStore, LedgerTransaction, StoredState } from '#server/storage/ledger-store.ts'
import type { Mutant } from './mutant.ts'

const acknowledgesBeforeTheAppend: Mutant = {
  name: 'acknowledges before the append is durable',
  journal: (journal) => ({
    ...journal,
    async append(rows) {
      journal.append(rows).catch(() => undefined)
    },
  }),
}

const dropsAnswers: Mutant = {
  name: 'drops the answer to a push',
  ledger: (ledger) => ({ ...ledger, confirmPush: async () => undefined }),
}

const swallowsRefusals: Mutant = {
  name: 'does not keep what was refused',
  store: (store) => ({
    ...store,
    commit: ({ refused: _, ...step }) => store.commit(step),
  }),
}

const asksAfterTheNext: Mutant = {
  name: 'cursor off by one',
  transport: (transport) => ({
    ...transport,
    text: (call) =>
      transport.text({
        ...call,
        path: call.path.replace(/after=(\d+)/, (_, after) => `after=${String(Number(after) + 1)}`),
      }),
  }),
}

const takesEverythingForSent: Mutant = {
  name: 'moves the watermark without a receipt',
  store: (store, rows) => ({
    ...store,
    async loadState() {
      const state = await store.loadState()
      return state === null ? null : { ...state, watermark: Math.max(state.watermark, rows.journal.at(-1)?.seq ?? 0) }
    },
  }),
}

function withStates(store: LedgerStore, change: (state: StoredState) => StoredState): LedgerStore {
  const changed = (tx: LedgerTransaction): LedgerTransaction => ({
    ...tx,
    states: { ...tx.states, put: (state) => tx.states.put(change(state)) },
  })
  return { ...store, transaction: (facilityId, work) => store.transaction(facilityId, (tx) => work(changed(tx))) }
}

const lastWriterWins: Mutant = {
  name: 'the last writer wins',
  siteStore: (store) =>
    withStates(store, (stored) => ({
      ...stored,
      state: { ...(stored.state as object), ...('findings' in (stored.state as object) ? { findings: [] } : {}) },
    })),
}

function subjectOf({ name, body }: TestimonyCommand): string {
  return JSON.stringify([
    name,
    'traineeId' in body && body.traineeId,
    'sessionId' in body && body.sessionId,
    'part' in body && body.part,
  ])
}

/** Every mark claims to replace whatever anybody wrote last, seen or not: nobody contradicts anybody any more. */
function claimsToHaveSeen(): Mutant {
  const last = new Map<string, Hash>()
  return {
    name: 'claims to have seen what it has not',
    ledger: (ledger) => ({
      ...ledger,
      async record(command, options) {
        const basedOn = last.get(subjectOf(command))
        const answer = await ledger.record(command, basedOn === undefined ? options : { ...options, basedOn })
        for (const { id } of answer.ok ? answer.value : []) last.set(subjectOf(command), id)
        return answer
      },
    }),
  }
}

const confirmsTwice: Mutant = {
  name: 'confirms a page twice after a crash',
  store: (store, rows) => ({
    ...store,
    commit: (step) => store.commit({ ...step, state: { ...step.state, cursor: rows.state?.cursor ?? 0 } }),
  }),
}

const commitsInTwo: Mutant = {
  name: 'writes the cursor apart from its page',
  store: (store) => ({
    ...store,
    async commit({ state, ...rest }: ConfirmedStep) {
      await store.commit({ state })
      await store.commit({ state, ...rest })
    },
  }),
}

const forgetsWhatWasAcked: Mutant = {
  name: 'forgets positions that were not pulled yet',
  store: (store) => ({ ...store, commit: (step) => store.commit({ ...step, state: { ...step.state, acked: [] } }) }),
}

const writesOver: Mutant = {
  name: 'gives a number twice after a reload',
  journal: (journal, rows) => ({
    ...journal,
    append(added) {
      const taken = rows.journal.findIndex(({ seq }) => seq === added[0]?.seq)
      if (taken >= 0) rows.journal.splice(taken)
      return journal.append(added)
    },
    last: async (epoch) => (await journal.read(epoch, 0)).at(-2) ?? null,
  }),
}

class Gone extends Error {}

/** Each eighth transaction is answered and then lost. */
function answersBeforeTheCommit(): Mutant {
  let count = 0
  return {
    name: 'the server answers before the commit',
    siteStore: (store) => ({
      ...store,
      async transaction(facilityId, work) {
        const answered: Awaited<ReturnType<typeof work>>[] = []
        count += 1
        const isLost = count % 8 === 0
        await store
          .transaction(facilityId, async (tx) => {
            answered.push(await work(tx))
            if (isLost) throw new Gone()
          })
          .catch((thrown: unknown) => {
            if (!(thrown instanceof Gone)) throw thrown
          })
        const [answer] = answered
        if (answer === undefined) throw new Error('the work was not done')
        return answer
      },
    }),
  }
}

const ROOTS_OF_ALL = null

const tellsEverybodyEverything: Mutant = {
  name: 'the feed forgets the scope',
  siteStore: (store) => ({
    ...store,
    transaction: (facilityId, work) =>
      store.transaction(facilityId, (tx) =>
        work({
          ...tx,
          entries: { ...tx.entries, feed: (query) => tx.entries.feed({ ...query, roots: ROOTS_OF_ALL }) },
        }),
      ),
  }),
}

const losesAStream: Mutant = {
  name: 'a stored state lags behind its entries',
  siteStore: (store) => {
    const skipped = new Set<StreamId>()
    return {
      ...store,
      transaction: (facilityId, work) =>
        store.transaction(facilityId, (tx) => {
          const put = (state: StoredState): Promise<void> => {
            const isFirst = !skipped.has(state.stream)
            skipped.add(state.stream)
            return isFirst ? Promise.resolve() : tx.states.put(state)
          }
          return work({ ...tx, states: { ...tx.states, put } })
        }),
    }
  },
}

/** All of them, made anew for each history. */
export const MUTANTS: readonly (() => Mutant)[] = [
  () => acknowledgesBeforeTheAppend,
  () => dropsAnswers,
  () => swallowsRefusals,
  () => asksAfterTheNext,
  () => takesEverythingForSent,
  () => lastWriterWins,
  claimsToHaveSeen,
  () => confirmsTwice,
  () => commitsInTwo,
  () => forgetsWhatWasAcked,
  () => writesOver,
  answersBeforeTheCommit,
  () => tellsEverybodyEverything,
  () => losesAStream,
]
