// Own work entry by entry: what has no receipt yet, what the server holds, and what it refused.
import { computed, shallowRef, watch } from 'vue'
import { Entry } from '#contract/envelope.ts'
import { clientCore } from '#client/stores/container.ts'
import { useSignIn } from '#client/stores/sign-in.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'

/** How many entries are read for the list; the count beside it is always exact. */
export const OUTBOX_MAX = 400

function entryOf(row: { readonly text: string }): Entry {
  return Entry.parse(JSON.parse(row.text))
}

export function useOutbox() {
  const core = clientCore()
  const signIn = useSignIn()
  const sync = useSyncStatus()
  const unsent = shallowRef<readonly Entry[]>()
  const held = shallowRef<readonly Entry[]>([])

  async function load(): Promise<void> {
    const rows = (await core.joined.value?.ledger.unsent(OUTBOX_MAX)) ?? []
    unsent.value = rows.map(entryOf)
  }
  async function loadHeld(): Promise<void> {
    const seqs = sync.heldRuns.flatMap(({ fromSeq, toSeq }) =>
      Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => fromSeq + index),
    )
    const refusedSeqs = new Set(sync.refused.map(({ entry }) => entry.seq))
    const rows = await Promise.all(
      seqs
        .filter((seq) => !refusedSeqs.has(seq))
        .slice(0, OUTBOX_MAX)
        .map((seq) => core.joined.value?.ledger.ownEntry(seq)),
    )
    held.value = rows.flatMap((row) => (row ? [entryOf(row)] : []))
  }
  watch([core.joined, () => sync.pendingCount, () => sync.oldestPendingAt], () => void load(), { immediate: true })
  watch([core.joined, () => sync.heldRuns], () => void loadHeld(), { immediate: true })

  const isOwn = ({ actorId }: Entry) => (actorId as string) === signIn.staff?.staffId
  return {
    /** Entries of the person signed in, oldest first; undefined while reading. */
    own: computed(() => unsent.value?.filter(isOwn)),
    othersCount: computed(() => Math.max(0, sync.pendingCount - (unsent.value?.filter(isOwn).length ?? 0))),
    /** Those the site has and holds until it knows their kind. */
    held: computed(() => held.value.filter(isOwn)),
    /** How many of all entries of this device the site has recorded. */
    sentCount: computed(() => sync.ladder.counts.arrived),
    /** The author has taken note; the entry stays on the device. Faults: storage-full, storage-broken, another-window. */
    dismiss: async (entry: Pick<Entry, 'seq'>): Promise<void> => core.joined.value?.ledger.dismissRefused(entry.seq),
    refused: computed(() => sync.refused.filter(({ entry }) => isOwn(entry))),
    refusedOthersCount: computed(() => sync.refused.filter(({ entry }) => !isOwn(entry)).length),
  }
}
