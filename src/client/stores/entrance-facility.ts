// What the entrance says of the facility behind it. It is painted before the core is there, so it asks once the core has come.
import { type ComputedRef, computed } from 'vue'
import { whenClientCore } from './container.ts'
import { useDevice } from './device.ts'

/** Whether this is a demonstration, as soon as that can be known. */
export async function demonstrationHere(): Promise<ComputedRef<boolean>> {
  await whenClientCore()
  const device = useDevice()
  return computed(() => device.demonstration)
}
