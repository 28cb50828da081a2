// The built pages: hashed files for ever, everything else asked for again each time, and index.html for every route of the app.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '#server/ledger/outcome.ts'
import { acceptsGzip } from './file-answer.ts'
import { sendProblem } from './problem-answer.ts'

const PACKABLE = /^(text\/|application\/(javascript|json|manifest\+json)|image\/svg)/

async function packPages(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const contentType = String(reply.getHeader('content-type') ?? '')
  const isWhole = reply.statusCode === 200 && reply.getHeader('content-encoding') === undefined
  if (!(payload instanceof Readable) || !isWhole || !PACKABLE.test(contentType) || !acceptsGzip(request)) return payload
  reply
    .removeHeader('content-length')
    .removeHeader('accept-ranges')
    .header('content-encoding', 'gzip')
    .header('vary', 'accept-encoding')
  // A connection that breaks off ends both ends of the pipe; there is nobody left to tell.
  return pipeline(payload, createGzip({ level: 6 }), () => undefined)
}

/** Paths of the API that exist, to tell a wrong method from a wrong path. */
export interface ApiPaths {
  has(path: string): boolean
}

/** Collects the paths of every route registered after this call. */
export function collectApiPaths(fastify: FastifyInstance): ApiPaths {
  const patterns: RegExp[] = []
  fastify.addHook('onRoute', ({ url }) => {
    patterns.push(new RegExp(`^${url.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')}$`))
  })
  return { has: (path) => patterns.some((pattern) => pattern.test(path)) }
}

/** Serves the built pages of a folder; without it, every page says plainly that nothing was built. */
export async function registerPages(fastify: FastifyInstance, pagesDir: string, api: ApiPaths): Promise<void> {
  fastify.addHook('onSend', packPages)
  await fastify.register(fastifyStatic, {
    root: pagesDir,
    index: ['index.html'],
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = path.includes(`${join(pagesDir, 'assets')}`)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const hasPages = existsSync(join(pagesDir, 'index.html'))
  fastify.setNotFoundHandler((request, reply) => {
    const path = (request.raw.url ?? '').split('?', 1)[0] ?? ''
    if (path === '/api' || path.startsWith('/api/'))
      return sendProblem(reply, problem(api.has(path) ? 'method-not-allowed' : 'not-found').problem)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendProblem(reply, problem('method-not-allowed').problem)
    // A missing file must not come back as a page: the browser would keep HTML in its place.
    if (/\.\w+$/.test(path) || !hasPages) return sendProblem(reply, problem('not-found').problem)
    return reply.sendFile('index.html')
  })
}
