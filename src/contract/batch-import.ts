// `POST /api/batch-files` (administrator): what importing a carried file did, or would do.
import { z } from 'zod'
import { PROBLEMS, type ProblemCode } from './problem.ts'
import { Base64Url } from './values.ts'

/**
 * Where a file stands among those of its tablet: the `next` one, the same `again`, one `older` than the newest taken, one with others `skipped`
 * before it, or another under a number already taken (`twin`: the tablet may have been copied). None of these changes what is taken.
 */
export const BatchFileOrder = z.enum(['next', 'again', 'older', 'skipped', 'twin'])
export type BatchFileOrder = z.infer<typeof BatchFileOrder>

/**
 * `written` false: it was only tried out, and nothing is written. Entries: `newCount` recorded, `knownCount` here before, `refusedCount` refused with
 * a reason the tablet will show, `heldCount` kept until this server knows their kind. `problem`: why a part was not taken; `answer`: the file for the
 * way back.
 */
export const BatchFileReport = z.object({
  written: z.boolean(),
  deviceLabel: z.string(),
  fileNumber: z.int(),
  order: BatchFileOrder,
  newCount: z.int(),
  knownCount: z.int(),
  refusedCount: z.int(),
  heldCount: z.int(),
  notesCount: z.int(),
  problem: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]).nullable(),
  answer: z.object({ fileName: z.string(), bytes: Base64Url }).nullable(),
})
export type BatchFileReport = z.infer<typeof BatchFileReport>
