// Handing everything unsent to a person as a file.
import { ref } from 'vue'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import { clientCore } from './container.ts'
import { saveFile } from './save-file.ts'

export function useRescue() {
  const core = clientCore()
  const busy = ref(false)
  const fault = ref<FaultCode | null>(null)
  /** How many entries the last file held; null before one was made or when nothing was there. */
  const count = ref<number | null>(null)

  async function save(): Promise<void> {
    busy.value = true
    fault.value = null
    try {
      const file = await core.rescue()
      count.value = file?.count ?? 0
      if (file !== null) saveFile(new Blob([file.text], { type: 'application/x-ndjson' }), file.name)
    } catch (thrown) {
      fault.value = faultCodeOf(thrown)
      if (fault.value === null) throw thrown
    } finally {
      busy.value = false
    }
  }
  return { busy, fault, count, save }
}
