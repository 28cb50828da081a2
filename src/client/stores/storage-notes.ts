// What every page must be able to say of the stores: one was lost, both are, they cannot be opened, or another window has them.
import { computed } from 'vue'
import { clientCore } from '#client/stores/container.ts'

const PATIENCE_MS = 3000

export function useStorageNotes() {
  const core = clientCore()
  return {
    finding: core.storageFinding,
    /** The stores could not be opened at all. */
    broken: computed(() => core.storageFault.value !== null && core.joined.value === null && !core.starting.value),
    fault: core.storageFault,
    elsewhere: computed(() => core.joined.value !== null && !core.journalHeld.value),
    dismiss(): void {
      core.storageFinding.value = null
    },
    /** Takes the journal over from the other window; false when that one does not answer. */
    takeOver: async (): Promise<boolean> => (await core.joined.value?.ledger.lock.take(PATIENCE_MS)) ?? false,
  }
}
