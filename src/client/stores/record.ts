// The way of a page to the write gate: a command in, what became of it out. Nothing is thrown at a page.
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { RecordedEntry } from '#contract/envelope.ts'
import type { Refusal } from '#domain/shared/refusal.ts'
import type { RecordOptions } from '#client/ledger/record-entry.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { FaultCode } from '#client/storage/fault.ts'
import { clientCore } from './container.ts'

/** What became of a command. `ok` means durable on this device. */
export type Recorded =
  | { readonly ok: true; readonly entries: readonly RecordedEntry[] }
  | { readonly ok: false; readonly refusal: Refusal }
  | { readonly ok: false; readonly fault: FaultCode }

/** Records commands as the person who is signed in. */
export function useRecorder(): { record(command: TestimonyCommand, options?: RecordOptions): Promise<Recorded> } {
  const core = clientCore()
  return {
    async record(command, options) {
      const joined = core.joined.value
      if (joined === null) return { ok: false, refusal: { code: 'access/not-allowed', details: {} } }
      try {
        const result = await joined.ledger.record(command, options)
        if (!result.ok) return result
        joined.sync.syncSoon()
        return { ok: true, entries: result.value }
      } catch (thrown) {
        const fault = faultCodeOf(thrown)
        if (fault === null) throw thrown
        return { ok: false, fault }
      }
    },
  }
}
