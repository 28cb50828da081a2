// The dry run of a roster import, and what undoing needs. `POST /api/roster-imports` (bytes of the file, query fileName) answers a report and writes
// nothing; `POST /api/roster-imports/{importId}/confirm` writes; the act undoImport takes it back.
import { z } from 'zod'
import { ImportId, Instant } from './values.ts'

export const RosterIssue = z.strictObject({
  row: z.int().min(0),
  column: z.string(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type RosterIssue = z.infer<typeof RosterIssue>

/** `new`, `changed` (same facility number or ID, other facts) and `same` are per row that could be read; rows with an error are never written. */
export const RosterReport = z.object({
  importId: ImportId,
  fileKind: z.enum(['xlsx', 'csv-utf8', 'csv-gb18030']),
  rowCount: z.int(),
  newCount: z.int(),
  changedCount: z.int(),
  sameCount: z.int(),
  errorRowCount: z.int(),
  missingCount: z.int(),
  issues: z.array(RosterIssue).max(2000),
  issuesCut: z.boolean(),
  preview: z
    .array(
      z.strictObject({
        row: z.int(),
        name: z.string(),
        facilityNumber: z.string(),
        status: z.enum(['new', 'changed', 'same', 'error']),
      }),
    )
    .max(200),
})
export type RosterReport = z.infer<typeof RosterReport>

export const RosterConfirmation = z.object({
  importId: ImportId,
  admittedCount: z.int(),
  changedCount: z.int(),
  positions: z.tuple([z.int(), z.int()]).nullable(),
})
export type RosterConfirmation = z.infer<typeof RosterConfirmation>

/** `GET /api/roster-imports`: the last imports, newest first; `undoable` while no later entry rests on them. */
export const RosterImports = z.object({
  imports: z.array(
    z.strictObject({
      importId: ImportId,
      confirmedAt: Instant,
      admittedCount: z.int(),
      changedCount: z.int(),
      undone: z.boolean(),
      undoable: z.boolean(),
    }),
  ),
})
export type RosterImports = z.infer<typeof RosterImports>
