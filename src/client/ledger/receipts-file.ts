// The receipts a tablet keeps as a file that proves itself: each with the very text the server signed and the key it signed with.
import { type Receipt, receiptText } from '#contract/sync.ts'
import type { SyncState } from '#client/storage/confirmed-store.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'

/** Every receipt that still says something of its own, oldest first: the newest of each epoch of the device and of the server. @rule SYN-3 */
export function receiptsOf({ formerReceipts = [], receipt }: SyncState): readonly Receipt[] {
  return receipt === null ? formerReceipts : [...formerReceipts, receipt]
}

/**
 * JSON: the server's key (Ed25519, raw 32 bytes as base64url) and for each receipt `text` and `signature` besides its parts. `head` is the hash of
 * the whole chain up to `lastSeq`, so one receipt stands for every entry before it. No name of a person stands in it.
 */
export function receiptsText(device: Pick<DeviceRecord, 'serverPublicKey'>, receipts: readonly Receipt[]): string {
  const signed = receipts.map((receipt) => ({ ...receipt, text: receiptText(receipt) }))
  return `${JSON.stringify({ algorithm: 'Ed25519', serverPublicKey: device.serverPublicKey, receipts: signed }, null, 2)}\n`
}

/** A name for the file: the device and how far the newest receipt goes. */
export function receiptsName(deviceId: string, { lastSeq }: Pick<Receipt, 'lastSeq'>): string {
  return `xincheng-receipts-${deviceId.slice(0, 6)}-${String(lastSeq)}.json`
}
