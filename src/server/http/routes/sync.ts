// Push and pull of entries.
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ENTRY_BYTES_MAX, PUSH_BYTES_MAX, PUSH_ENTRIES_MAX, PushAnswer } from '#contract/sync.ts'
import { acceptBatch } from '#server/ledger/accept-batch.ts'
import { feedBody, readFeed } from '#server/ledger/feed.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import { readBatch } from '#server/ledger/read-batch.ts'
import type { App } from '../app.ts'
import { endpoint, readEndpoint } from '../endpoint.ts'

/** A full push of the largest entries, unpacked, with its header and line ends. */
const UNPACKED_BYTES_MAX = (PUSH_ENTRIES_MAX + 1) * (ENTRY_BYTES_MAX + 1)

/** A position as it stands in a query. */
const Position = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)

const unpack = promisify(gunzip)

async function unpacked(request: FastifyRequest, body: Buffer): Promise<Outcome<Uint8Array>> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return done(body)
  if (encoding !== 'gzip') return problem('malformed')
  try {
    return done(await unpack(body, { maxOutputLength: UNPACKED_BYTES_MAX }))
  } catch (reason) {
    return problem(reason instanceof RangeError ? 'too-large' : 'malformed')
  }
}

/** Registers `POST /api/sync/push` and `GET /api/sync/pull`. */
export function registerSync(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/sync/push',
    summary: 'Hand in entries (application/x-ndjson, gzip allowed), oldest first',
    needs: 'device',
    bodyLimit: PUSH_BYTES_MAX,
    body: 'bytes',
    answer: PushAnswer,
    async prepare({ request, body, device }) {
      const bytes = await unpacked(request, body ?? Buffer.alloc(0))
      return bytes.ok ? readBatch(bytes.value, device.publicKey) : bytes
    },
    run: ({ context, device }, tx, batch) => acceptBatch(tx, context, device, batch),
  })
  readEndpoint(app, {
    method: 'GET',
    path: '/api/sync/pull',
    summary: 'Fetch the entries after a position that are in the scope of the device (application/x-ndjson)',
    needs: 'device',
    query: z.object({ after: Position }),
    answer: 'file',
    async run({ context, device, query }, tx) {
      const page = await readFeed(tx, context, device, query.after)
      return done({ bytes: Buffer.from(feedBody(page), 'utf8'), contentType: 'application/x-ndjson', fileName: null })
    },
  })
}
