// Answers that are bytes: papers to download, pages of the feed.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const GZIP_BYTES_LEAST = 1024
const gzipped = promisify(gzip)

/** Bytes with their type; `fileName` null for what is no download. A file name never names a person. */
export interface FileAnswer {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly fileName: string | null
}

/** Says whether the caller takes gzip. */
export function acceptsGzip(request: FastifyRequest): boolean {
  const accepted = request.headers['accept-encoding']
  return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)
}

const isText = (contentType: string) => /^text\/|json\b/.test(contentType)

/** Sends bytes, packed when they are text and the caller takes gzip. */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileAnswer): Promise<FastifyReply> {
  const { bytes, contentType, fileName } = file
  reply.type(contentType).serializer((payload: unknown) => payload as string)
  if (fileName !== null)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
  if (!isText(contentType) || bytes.length < GZIP_BYTES_LEAST || !acceptsGzip(request))
    return reply.send(Buffer.from(bytes))
  const packed = await gzipped(bytes, { level: 6 })
  return reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').send(packed)
}
