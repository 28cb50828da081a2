// Yes with a value, or no as a problem of the wire. Nobody outside http throws for a no.
import type { ProblemCode } from '#contract/problem.ts'
import type { Refusal } from '#domain/shared/refusal.ts'

/** A problem before http gives it its full body. With `keepWrites` the transaction commits all the same. */
export interface ProblemDraft {
  readonly code: ProblemCode
  readonly refusal?: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly expectSeq?: number
  readonly keepWrites?: boolean
}

/** No, as a problem. */
export interface ProblemOutcome {
  readonly ok: false
  readonly problem: ProblemDraft
}

/** What a piece of server work answers. */
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | ProblemOutcome

/** Says yes. */
export function done<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

/** Says no with a code of the catalogue. */
export function problem(code: ProblemCode, more: Omit<ProblemDraft, 'code'> = {}): ProblemOutcome {
  return { ok: false, problem: { code, ...more } }
}

/** Says no in the law's words. */
export function refusedAs(refusal: Refusal): ProblemOutcome {
  return problem('refused', { refusal: refusal.code, params: refusal.details })
}
