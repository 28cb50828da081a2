// The server's signed receipts, and handing them to a person as a file.
import { computed } from 'vue'
import { receiptsName, receiptsText } from '#client/ledger/receipts-file.ts'
import { clientCore } from './container.ts'
import { saveFile } from './save-file.ts'
import { useSyncStatus } from './sync-status.ts'

export function useReceipts() {
  const core = clientCore()
  const sync = useSyncStatus()
  /** The newest, null before the first. */
  const newest = computed(() => sync.receipts.at(-1) ?? null)

  function save(): void {
    const device = core.joined.value?.device
    if (device === undefined || newest.value === null) return
    const text = receiptsText(device, sync.receipts)
    saveFile(new Blob([text], { type: 'application/json' }), receiptsName(device.deviceId, newest.value))
  }
  return { newest, save }
}
