// Takes what the facility recorded, page by page, in order of position. The cursor moves only with the page it belongs to.
import { PullHeader } from '#contract/sync.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { LedgerSync } from '#client/ledger/client-ledger.ts'
import type { PulledPage } from '#client/ledger/confirm-entries.ts'
import { Fault } from '#client/storage/fault.ts'
import type { Transport } from './transport.ts'

/** How a pull ended. `restored`: the server came from a backup, and what it lacks must be pushed again. */
export type PullOutcome =
  | { readonly ended: 'at-head' }
  | { readonly ended: 'restored' }
  | { readonly ended: 'stopped'; readonly code: ProblemCode }

/** What pulling works with. `progress` hears positions done of positions there are. */
export interface PullParts {
  readonly facilityId: string
  readonly ledger: LedgerSync
  readonly transport: Transport
  readonly progress: (done: number, total: number) => void
  readonly paused: () => boolean
}

/** Reads the body of a pull answer. Faults: offline when it is not one, is not whole, or is of another facility. */
export function readPage(after: number, body: string, facilityId: string): PulledPage {
  const lines = body.split('\n').filter((line) => line !== '')
  const header = PullHeader.safeParse(headerOf(lines[0]))
  if (!header.success || header.data.facilityId !== facilityId) throw new Fault('offline', header.error)
  // The cursor would pass over whatever a connection that broke has swallowed.
  const isWhole = body.endsWith('\n') && lines.length - 1 === header.data.count
  if (!isWhole) throw new Fault('offline', new TypeError('the page was cut short'))
  return { after, header: header.data, lines: lines.slice(1) }
}

function headerOf(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '')
  } catch {
    return null
  }
}

/** Pulls until the head. Faults: offline, timeout, storage-full, storage-broken, another-window. @rule LED-7 */
export async function pullAll(parts: PullParts): Promise<PullOutcome> {
  const from = parts.ledger.ownWork().state.cursor
  while (!parts.paused()) {
    const before = parts.ledger.ownWork().state
    const answer = await parts.transport.text({
      method: 'GET',
      path: `/api/sync/pull?after=${String(before.cursor)}`,
      timeoutMs: 60_000,
    })
    if (!answer.ok) return { ended: 'stopped', code: answer.problem.code }
    const page = readPage(before.cursor, answer.value, parts.facilityId)
    if (page.header.serverEpoch !== before.serverEpoch) {
      await parts.ledger.serverRestored(page.header.serverEpoch)
      return { ended: 'restored' }
    }
    await parts.ledger.confirmPage(page)
    const { cursor, head } = parts.ledger.ownWork().state
    parts.progress(Math.max(0, cursor - from), Math.max(0, head - from))
    const isAnew = cursor < before.cursor
    // A server that says there is more but does not move on would be asked for ever.
    if (!isAnew && (!page.header.more || cursor === before.cursor)) break
  }
  return { ended: 'at-head' }
}
