// Tells the server of a new key, after the first was lost with IndexedDB: the device secret, which the second store kept, proves whose it is.
import { GENESIS_HASH } from '#contract/canonical.ts'
import { RenewKeyAnswer, renewKeyText } from '#contract/device.ts'
import type { RenewKeyRequest } from '#contract/device.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { LedgerSync } from '#client/ledger/client-ledger.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import { proofOf } from '#client/vault/device-proof.ts'
import type { Transport } from './transport.ts'

/** The request for a device whose chain ends where its ledger does; null when it has no public key to tell of. */
export async function renewalOf(
  device: DeviceRecord,
  ledger: Pick<LedgerSync, 'ownWork' | 'ownEntry'>,
): Promise<RenewKeyRequest | null> {
  const { deviceId, epoch, publicKey, deviceSecret } = device
  if (publicKey === undefined) return null
  const lastSeq = ledger.ownWork().ownCount
  const head = (await ledger.ownEntry(lastSeq))?.id ?? GENESIS_HASH
  const unproven = { deviceId, publicKey, epoch, lastSeq, head } as RenewKeyRequest
  return { ...unproven, proof: (await proofOf(deviceSecret, renewKeyText(unproven))) as RenewKeyRequest['proof'] }
}

/** Tells the server; null when it knows the key now, else why not. Asked twice it is the same renewal. Faults: offline, timeout. */
export async function renewKey(
  device: DeviceRecord,
  ledger: Pick<LedgerSync, 'ownWork' | 'ownEntry'>,
  transport: Transport,
): Promise<ProblemCode | null> {
  const json = await renewalOf(device, ledger)
  if (json === null) return 'bad-signature'
  const answer = await transport.json({ method: 'POST', path: '/api/devices/renew-key', json }, RenewKeyAnswer)
  return answer.ok ? null : answer.problem.code
}
