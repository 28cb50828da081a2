// Files carried by hand: the key tablets seal them with, and importing one by page.
import { z } from 'zod'
import { BATCH_FILE_BYTES_MAX, SiteFileKey } from '#contract/batch-file.ts'
import { BatchFileReport } from '#contract/batch-import.ts'
import { siteFileKey } from '#server/devices/file-key.ts'
import { importBatchFile } from '#server/exchange/batch-file/import-file.ts'
import { done } from '#server/ledger/outcome.ts'
import type { App } from '../app.ts'
import { endpoint, readEndpoint } from '../endpoint.ts'

/** Registers `GET /api/sync/file-key` and `POST /api/batch-files`. */
export function registerBatchFiles(app: App): void {
  readEndpoint(app, {
    method: 'GET',
    path: '/api/sync/file-key',
    summary: "The site's key for files carried by hand, signed by the server",
    needs: 'device',
    answer: SiteFileKey,
    run: async ({ context }) => done(siteFileKey(context)),
  })
  endpoint(app, {
    method: 'POST',
    path: '/api/batch-files',
    summary: 'Import a file a tablet made (administrator); with try=1 only say what it would do',
    needs: { role: ['administrator'] },
    body: 'bytes',
    // A little above the reader's own limit, so that the reader says what is wrong with a file just over it.
    bodyLimit: BATCH_FILE_BYTES_MAX + 1024,
    query: z.object({ try: z.literal('1').optional() }),
    answer: BatchFileReport,
    // Opening and sealing are slow, and the import has a transaction of its own.
    prepare: ({ context, body, query }) =>
      importBatchFile(context, Buffer.isBuffer(body) ? body : Buffer.alloc(0), { onlyTry: query.try === '1' }),
    run: async (_call, _tx, { report, answer }) =>
      done({
        ...report,
        answer:
          answer === null
            ? null
            : { fileName: answer.fileName, bytes: Buffer.from(answer.bytes).toString('base64url') },
      }),
  })
}
