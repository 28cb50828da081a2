// Everything the wire can say no with (RFC 9457). Codes are never reused.
import { z } from 'zod'

/** Code to HTTP status; the closed catalogue. `refused` carries the refusal's own code and details. */
export const PROBLEMS = {
  malformed: 400,
  unsigned: 401,
  'unknown-device': 401,
  'bad-signature': 401,
  replayed: 401,
  'sign-in-needed': 401,
  'wrong-pin': 401,
  'account-disabled': 403,
  'not-allowed': 403,
  'wrong-facility': 403,
  'join-code-wrong': 403,
  'not-a-demonstration': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'set-up-done': 409,
  'chain-broken': 409,
  'chain-forked': 409,
  // The quarantine was lifted: the chain of this epoch takes nothing more, and `expectSeq` is the first entry offered that it does not have.
  'epoch-closed': 409,
  'chain-gap': 409,
  'too-large': 413,
  'not-a-spreadsheet': 415,
  refused: 422,
  // Files carried by hand, as contract/batch-file.ts says. The last four only a tablet meets.
  'not-a-batch-file': 415,
  'batch-file-newer': 422,
  'batch-file-too-large': 413,
  'batch-file-incomplete': 422,
  'batch-file-damaged': 422,
  'batch-file-wrong-way': 422,
  'batch-file-other-facility': 403,
  'batch-file-unknown-device': 403,
  'batch-file-other-recipient': 403,
  'batch-file-unreadable': 422,
  'batch-file-older': 409,
  'batch-file-stale': 409,
  'no-batch-file-key': 409,
  'batch-file-key-unproven': 409,
  'glyph-missing': 422,
  'too-many-tries': 429,
  internal: 500,
  'read-only': 503,
} as const satisfies Record<string, number>
export type ProblemCode = keyof typeof PROBLEMS

/** The body of every answer that is not 2xx. `code` picks the sentence in the person's language; `params` never hold a name or a number of a person. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  refusal: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  expectSeq: z.int().optional(),
})
export type Problem = z.infer<typeof Problem>
