// The exact texts that are signed on the wire.
import type { PushHeader, Receipt } from '#contract/sync.ts'

/** What a device signs over the head of its chain. */
export function pushText(header: Pick<PushHeader, 'deviceId' | 'epoch' | 'fromSeq' | 'count' | 'head'>): string {
  return `push|${header.deviceId}|${header.epoch}|${header.fromSeq}|${header.count}|${header.head}`
}

/** What the server signs to say that everything up to `lastSeq` is durable here. */
export function receiptText(receipt: Omit<Receipt, 'signature'>): string {
  const { facilityId, deviceId, epoch, lastSeq, head, position, serverEpoch } = receipt
  return `receipt|${facilityId}|${deviceId}|${epoch}|${lastSeq}|${head}|${position}|${serverEpoch}`
}

/** What a device signs over one call; `pathAndQuery` as requested, `bodyHash` SHA-256 in hex of the body as sent. */
export function callText(
  method: string,
  pathAndQuery: string,
  deviceId: string,
  nonce: string,
  bodyHash: string,
): string {
  return `${method}|${pathAndQuery}|${deviceId}|${nonce}|${bodyHash}`
}
