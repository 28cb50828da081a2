// How this browser becomes a device: it makes its own key, shows the one-time code, and keeps what the server answers.
import { JoinAnswer } from '#contract/device.ts'
import type { FormerDevice } from '#contract/device.ts'
import type { Problem } from '#contract/problem.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { makeDeviceKey } from '#client/sync/device-signer.ts'
import type { Answer, Transport } from '#client/sync/transport.ts'

/**
 * Joins by a code of 8 characters, or on the demonstration without one. `former` names the device whose stores this browser lost. Writes nothing; the
 * caller keeps the record. Faults: offline, timeout.
 */
export async function joinDevice(
  transport: Transport,
  request: { readonly code: string | null; readonly label: string; readonly former?: FormerDevice | null },
  newEpoch: () => string,
): Promise<{ readonly ok: true; readonly device: DeviceRecord } | { readonly ok: false; readonly problem: Problem }> {
  const { privateKey, publicKey } = await makeDeviceKey()
  const { code, label } = request
  const former = request.former ?? undefined
  const answer: Answer<JoinAnswer> =
    code === null
      ? await transport.json(
          { method: 'POST', path: '/api/join/demonstration', json: { label, publicKey, former } },
          JoinAnswer,
        )
      : await transport.json(
          { method: 'POST', path: '/api/join', json: { code, label, publicKey, former } },
          JoinAnswer,
        )
  if (!answer.ok) return answer
  return { ok: true, device: { ...answer.value, epoch: newEpoch(), label, privateKey, publicKey } }
}

/** A typed code as the server wants it: capitals, without blanks and dashes. Null when it cannot be one (eight of A-Z and 2-9 without I and O). */
export function joinCodeOf(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '')
  return /^[A-HJ-NP-Z2-9]{8}$/.test(code) ? code : null
}
