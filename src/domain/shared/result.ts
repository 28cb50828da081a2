// Yes with a value, or no with a refusal. A plain union; nothing is thrown for a no.
import type { Refusal } from './refusal.ts'

/** The answer of a rule. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal }

/** Says yes. */
export function accepted<Value>(value: Value): Result<Value> {
  return { ok: true, value }
}
