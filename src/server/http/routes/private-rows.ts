// Sealed rows: which a device should hold, the rows themselves, and notes written on it.
import { z } from 'zod'
import { NotesPush, PrivateFetch, PrivateManifest, PrivateRows } from '#contract/sync.ts'
import { Hash } from '#contract/values.ts'
import { done } from '#server/ledger/outcome.ts'
import { deviceManifest, keepNotes, rowsInScope } from '#server/vault/device-rows.ts'
import type { App } from '../app.ts'
import { endpoint } from '../endpoint.ts'

const NOTES_BYTES_MAX = 1024 * 1024

function registerNotes(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/sync/notes',
    summary: 'Hand in sealed notes; the same row twice is the same row',
    needs: 'device',
    bodyLimit: NOTES_BYTES_MAX,
    body: NotesPush,
    answer: z.strictObject({}),
    run: ({ device, body }, tx) => keepNotes(tx, device, body.rows),
  })
}

/** Registers `GET /api/sync/private`, `POST /api/sync/private/fetch` and `POST /api/sync/notes`. */
export function registerPrivateRows(app: App): void {
  endpoint(app, {
    method: 'GET',
    path: '/api/sync/private',
    summary: 'Which sealed rows the device should hold now',
    needs: 'device',
    query: z.object({ known: Hash.optional() }),
    answer: PrivateManifest,
    async run({ device, query }, tx) {
      const manifest = await deviceManifest(tx, app.context, app.parts.cardBook, device)
      return done(manifest.hash === query.known ? { hash: manifest.hash, rows: null } : manifest)
    },
  })
  endpoint(app, {
    method: 'POST',
    path: '/api/sync/private/fetch',
    summary: 'Fetch sealed rows by collection and key; rows out of scope are left out',
    needs: 'device',
    body: PrivateFetch,
    answer: PrivateRows,
    async run({ device, body }, tx) {
      return done({ rows: await rowsInScope(tx, app.context, app.parts.cardBook, device, body.keys) })
    },
  })
  registerNotes(app)
}
