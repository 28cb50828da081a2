// Everything unsent as a file that a person carries to the site: the bodies of pushes one after another, exactly as they would be sent.
import type { RenewKeyRequest } from '#contract/device.ts'
import { PUSH_ENTRIES_MAX } from '#contract/sync.ts'
import type { JournalRow } from '#client/storage/database.ts'
import type { DeviceRecord } from '#client/storage/device-store.ts'
import type { SignText } from '#client/sync/device-signer.ts'

/** What goes into the file. `renewal`: the request by which the site first learns of a key it does not know. */
export interface RescueParts {
  readonly device: Pick<DeviceRecord, 'facilityId' | 'deviceId' | 'epoch'>
  readonly rows: readonly JournalRow[]
  readonly sign: SignText
  readonly renewal: RenewKeyRequest | null
}

/**
 * The text of the file: for each five hundred entries a header line as of a push and the entries' canonical lines; before them, where it is needed,
 * one line `{"renewKey": …}`. No name of a person stands in it.
 */
export async function rescueText({ device, rows, sign, renewal }: RescueParts): Promise<string> {
  const { facilityId, deviceId, epoch } = device
  const lines: string[] = renewal === null ? [] : [JSON.stringify({ renewKey: renewal })]
  for (let start = 0; start < rows.length; start += PUSH_ENTRIES_MAX) {
    const part = rows.slice(start, start + PUSH_ENTRIES_MAX)
    const fromSeq = part[0]?.seq ?? 0
    const head = part.at(-1)?.id
    const signature = await sign(['push', deviceId, epoch, fromSeq, part.length, head].join('|'))
    lines.push(JSON.stringify({ facilityId, deviceId, epoch, fromSeq, count: part.length, head, signature }))
    for (const { text } of part) lines.push(text)
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** A name for the file: the device and the moment, nothing of a person or a place. */
export function rescueName(deviceId: string, at: string): string {
  return `xincheng-${deviceId.slice(0, 6)}-${at.slice(0, 16).replaceAll(/\D/g, '')}.ndjson`
}
