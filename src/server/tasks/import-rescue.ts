// `npm run task -- import-rescue FILE`: takes in what a tablet saved to a file: bodies of pushes one after another, each checked as if it had been sent.
import { readFile } from 'node:fs/promises'
import { RenewKeyRequest } from '#contract/device.ts'
import { PushHeader, type Verdict } from '#contract/sync.ts'
import { renewDeviceKey } from '#server/devices/renew-key.ts'
import { acceptBatch } from '#server/ledger/accept-batch.ts'
import { devices } from '#server/ledger/collections.ts'
import { commitOutcome } from '#server/ledger/commit-outcome.ts'
import { type Outcome, problem } from '#server/ledger/outcome.ts'
import { readBatch } from '#server/ledger/read-batch.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { TaskReport } from './task-report.ts'
import { taskMessages } from './task-messages.template.ts'

interface Body {
  readonly header: PushHeader
  readonly lines: readonly string[]
}

interface RescueFile {
  readonly renewal: RenewKeyRequest | null
  readonly bodies: readonly Body[]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Takes the file apart by the counts in its headers; null when it is none. */
export function readRescueFile(text: string): RescueFile | null {
  const lines = text.split('\n').filter((line) => line !== '')
  const first = parsed(lines[0] ?? '') as { readonly renewKey?: unknown } | null
  const renewal = RenewKeyRequest.safeParse(first?.renewKey)
  const bodies: Body[] = []
  for (let at = renewal.success ? 1 : 0; at < lines.length; ) {
    const header = PushHeader.safeParse(parsed(lines[at] ?? ''))
    if (!header.success) return null
    const end = at + 1 + header.data.count
    if (end > lines.length) return null
    bodies.push({ header: header.data, lines: lines.slice(at, end) })
    at = end
  }
  return bodies.length === 0 && !renewal.success ? null : { renewal: renewal.success ? renewal.data : null, bodies }
}

async function takeBody(context: ServerContext, { header, lines }: Body): Promise<Outcome<readonly Verdict[]>> {
  const device = await context.store.read(context.facilityId, (view) => devices.get(view, header.deviceId))
  if (device === null) return problem('unknown-device')
  const batch = readBatch(new TextEncoder().encode(lines.join('\n')), device.value.publicKey)
  if (!batch.ok) return batch
  const taken = await commitOutcome(context, (tx) => acceptBatch(tx, context, device.value, batch.value))
  return taken.ok ? { ok: true, value: taken.value.verdicts } : taken
}

/** Imports one file; the same file twice changes nothing. */
export async function importRescueTask(context: ServerContext, [path]: readonly string[]): Promise<TaskReport> {
  const file = path === undefined ? null : await readFile(path, 'utf8').catch(() => null)
  const rescue = file === null ? null : readRescueFile(file)
  if (rescue === null) return { ok: false, sentence: taskMessages.notARescueFile, facts: { code: 'not-a-rescue-file' } }
  const { renewal } = rescue
  if (renewal !== null) {
    const renewed = await commitOutcome(context, (tx) => renewDeviceKey(tx, context, renewal))
    if (!renewed.ok)
      return {
        ok: false,
        sentence: taskMessages.rescueRefused(renewed.problem.code),
        facts: { code: renewed.problem.code },
      }
  }
  const counts = { recorded: 0, duplicate: 0, refused: 0, held: 0 }
  for (const body of rescue.bodies) {
    const taken = await takeBody(context, body)
    if (!taken.ok)
      return {
        ok: false,
        sentence: taskMessages.rescueRefused(taken.problem.code),
        facts: { code: taken.problem.code, ...counts },
      }
    for (const { status } of taken.value) counts[status] += 1
  }
  return { ok: true, sentence: taskMessages.rescueTaken(counts), facts: { ...counts } }
}
