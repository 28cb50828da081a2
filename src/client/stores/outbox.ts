// Own work that has no receipt yet, entry by entry, and what the server refused.
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

  async function load(): Promise<void> {
    const rows = (await core.joined.value?.ledger.unsent(OUTBOX_MAX)) ?? []
    unsent.value = rows.map(entryOf)
  }
  watch([core.joined, () => sync.pendingCount, () => sync.oldestPendingAt], () => void load(), { immediate: true })

  const isOwn = ({ actorId }: Entry) => (actorId as string) === signIn.staff?.staffId
  return {
    /** Entries of the person signed in, oldest first; undefined while reading. */
    own: computed(() => unsent.value?.filter(isOwn)),
    othersCount: computed(() => Math.max(0, sync.pendingCount - (unsent.value?.filter(isOwn).length ?? 0))),
    refused: computed(() => sync.refused.filter(({ entry }) => isOwn(entry))),
    refusedOthersCount: computed(() => sync.refused.filter(({ entry }) => !isOwn(entry)).length),
  }
}
