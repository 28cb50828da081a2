// The three calls of a roster import. What they do is in dry-run.ts, confirm-import.ts and undo-import.ts.
import { z } from 'zod'
import type { Role } from '#contract/values.ts'
import { ImportId } from '#contract/values.ts'
import { RosterConfirmation, RosterImports, RosterReport } from '#contract/roster-import.ts'
import type { App } from '../app.ts'
import { endpoint, readEndpoint } from '../endpoint.ts'
import { rosterTemplateFileName, writeRosterTemplate } from '#server/exchange/spreadsheet/sample-roster.template.ts'
import { defaultSpreadsheetLimits } from '#server/exchange/spreadsheet/spreadsheet-read.ts'
import { done } from '#server/ledger/outcome.ts'
import { confirmImport } from '#server/exchange/roster-import/confirm-import.ts'
import { dryRunRoster } from '#server/exchange/roster-import/dry-run.ts'
import { storeDraft } from '#server/exchange/roster-import/import-records.ts'
import { findMissingGlyphs } from '#server/reports/paper/missing-glyphs.ts'
import { listImports } from '#server/exchange/roster-import/undo-import.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const OFFICE: readonly Role[] = ['administrator', 'officer']

/** Registers the calls under /api/roster-imports. */
export function registerRosterImportRoutes(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/roster-imports',
    summary: 'Reads a roster file and reports what importing it would do; writes nothing about anybody',
    needs: { role: OFFICE },
    body: 'bytes',
    query: z.object({ fileName: z.string().max(255).default('') }),
    // A little above the reader's own limit, so that the reader says what is wrong with a file just over it.
    bodyLimit: defaultSpreadsheetLimits.bytesMax + 1024 * 1024,
    answer: RosterReport,
    // A call without a body has none at all: the reader shall say that the file is empty.
    prepare: ({ context, body, query }) =>
      dryRunRoster(context, Buffer.isBuffer(body) ? body : Buffer.alloc(0), query.fileName, findMissingGlyphs),
    run: async (_call, tx, dryRun) => {
      await storeDraft(tx, dryRun.sealed)
      return done(dryRun.report)
    },
  })
  endpoint(app, {
    method: 'POST',
    path: '/api/roster-imports/:importId/confirm',
    summary: 'Writes what the dry run reported, all of it or nothing',
    needs: { role: OFFICE },
    params: z.object({ importId: ImportId }),
    answer: RosterConfirmation,
    run: (call, tx) => confirmImport(tx, call.context, call.signIn.actor, call.params.importId),
  })
  endpoint(app, {
    method: 'GET',
    path: '/api/roster-imports',
    summary: 'The last roster imports and whether each can still be undone',
    needs: { role: OFFICE },
    answer: RosterImports,
    run: async (call, tx) => done(await listImports(tx, call.context, call.signIn.actor)),
  })
  readEndpoint(app, {
    method: 'GET',
    path: '/api/roster-template',
    summary: 'An empty roster with the headings the import knows',
    needs: { role: OFFICE },
    answer: 'file',
    prepare: async () => done(await writeRosterTemplate()),
    run: async (_call, _tx, bytes) => done({ bytes, fileName: rosterTemplateFileName, contentType: XLSX }),
  })
}
