// The exact texts that are signed on the wire.
import type { PushHeader } from '#contract/sync.ts'

/** What a device signs over the head of its chain. */
export function pushText(header: Pick<PushHeader, 'deviceId' | 'epoch' | 'fromSeq' | 'count' | 'head'>): string {
  return `push|${header.deviceId}|${header.epoch}|${header.fromSeq}|${header.count}|${header.head}`
}

/** What the server signs to say up to where a chain lies in every proved backup that is kept. */
export function safeText(mark: {
  readonly facilityId: string
  readonly deviceId: string
  readonly epoch: string
  readonly safeSeq: number
  readonly serverEpoch: string
}): string {
  return `safe|${mark.facilityId}|${mark.deviceId}|${mark.epoch}|${mark.safeSeq}|${mark.serverEpoch}`
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
