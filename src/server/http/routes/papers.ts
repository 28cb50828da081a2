// The papers of a class, made anew from the ledger each time they are asked for, and which characters the certificate's typeface has.
import { z } from 'zod'
import { PaperName, PrintCoverage } from '#contract/paper.ts'
import type { Role } from '#contract/values.ts'
import { ClassId } from '#contract/values.ts'
import { done } from '#server/ledger/outcome.ts'
import { makeClassPaper } from '#server/reports/make-class-paper.ts'
import { printableRanges } from '#server/reports/paper/certificate-font.ts'
import type { App } from '../app.ts'
import { readEndpoint } from '../endpoint.ts'

const OFFICE: readonly Role[] = ['administrator', 'officer']

/** Registers `GET /api/classes/:classId/papers/:paper` and `GET /api/print-coverage`. */
export function registerPaperRoutes(app: App): void {
  readEndpoint(app, {
    method: 'GET',
    path: '/api/classes/:classId/papers/:paper',
    summary: 'One paper of a class as a file: six forms in Excel and the certificates as PDF',
    needs: { role: OFFICE },
    params: z.object({ classId: ClassId, paper: PaperName }),
    answer: 'file',
    prepare: (call) => makeClassPaper(call.context, call.params.classId, call.params.paper),
    run: async (_call, _tx, file) => done(file),
  })
  readEndpoint(app, {
    method: 'GET',
    path: '/api/print-coverage',
    summary: "The characters the certificate's typeface can print, as ranges of code points",
    needs: 'device',
    answer: PrintCoverage,
    prepare: async () => done(await printableRanges()),
    run: async (_call, _tx, ranges) => done({ ranges: ranges.map(([first, last]): [number, number] => [first, last]) }),
  })
}
