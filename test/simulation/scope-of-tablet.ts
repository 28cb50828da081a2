// What a device may see, said once more and apart from the server's own table.
import type { DevicePurpose } from '#contract/device.ts'
import type { StreamId } from '#contract/envelope.ts'
import { FORMER_CLASS_ID } from './simulated-facility.ts'

/** Whether a stream is in the scope of a device. */
export function isInScope(
  tablet: { readonly purpose: DevicePurpose; readonly device: { readonly deviceId: string } },
  stream: StreamId,
): boolean {
  const [root = '', id] = stream.split('/')
  if (tablet.purpose === 'office') return true
  if (tablet.purpose === 'kiosk') return ['facility', 'catalogue', 'provider'].includes(root)
  if (root === 'class') return id !== FORMER_CLASS_ID
  if (root === 'device') return id === tablet.device.deviceId
  return ['facility', 'catalogue', 'provider', 'staff', 'room'].includes(root)
}
