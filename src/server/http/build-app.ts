// Puts the application together. Nothing listens yet.
import swagger from '@fastify/swagger'
import fastifyFactory, { type FastifyError, type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Health } from '#contract/device.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { App } from './app.ts'
import { collectApiPaths, registerPages } from './pages.ts'
import type { CallLimits, Reach, ServerParts } from './parts.ts'
import { problemOfError, sendProblem } from './problem-answer.ts'
import { registerRoutes } from './routes.ts'
import { registerSecurity } from './security.ts'
import { watchWrites } from './write-watch.ts'

const BODY_BYTES_MAX = 1024 * 1024

/** What the application is made of. `log` gets one line a call that failed or was slow, and what a bug threw; no line names a person. */
export interface AppParts {
  readonly context: ServerContext
  readonly parts: ServerParts
  readonly limits: CallLimits
  readonly pagesDir: string
  readonly version: string
  readonly log: (line: string) => void
  /** What tablets must trust; none where there is no https. */
  readonly reach?: Reach
  /** Where the nightly backup stands; missing where none is made. */
  readonly backup?: () => NonNullable<Health['backup']>
}

const SLOW_MS = 1000

function registerLog(fastify: FastifyInstance, log: (line: string) => void): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const pattern = request.routeOptions.url ?? '(no route)'
    const milliseconds = Math.round(reply.elapsedTime)
    if (reply.statusCode < 400 && milliseconds < SLOW_MS) return
    log(`${request.method} ${pattern} ${reply.statusCode} ${milliseconds} ms`)
  })
}

/** Builds the application, ready to listen. */
export async function buildApp(made: AppParts): Promise<FastifyInstance> {
  const { parts, limits, version } = made
  const writes = watchWrites(made.context.store, made.context.facilityId)
  const context = { ...made.context, store: writes.store }
  const fastify: FastifyInstance = fastifyFactory({
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: 'idle',
    // What arrives on an open connection while the server stops is still done.
    return503OnClosing: false,
    requestTimeout: 120_000,
    // A URL that cannot be read never reaches a route.
    frameworkErrors: (_error, _request, reply) => sendProblem(reply, { code: 'malformed' }),
  })
  fastify.setValidatorCompiler(validatorCompiler)
  fastify.setSerializerCompiler(serializerCompiler)
  // The signature covers the bytes as sent, so every body stays bytes until it has been checked.
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body))
  fastify.setErrorHandler((error: FastifyError, _request, reply) =>
    sendProblem(
      reply,
      problemOfError(error, (bug) => made.log(bug.stack ?? bug.message)),
    ),
  )
  registerLog(fastify, made.log)
  await registerSecurity(fastify, limits, context)
  await fastify.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Xincheng', version } },
    transform: jsonSchemaTransform,
  })
  const api = collectApiPaths(fastify)
  const reach = made.reach ?? { root: null, httpsPort: null }
  const backup = made.backup ?? null
  const app: App = { fastify, context, parts, limits, version, writes, reach, backup, lastSeen: new Map() }
  registerRoutes(app)
  await registerPages(fastify, made.pagesDir, api)
  await fastify.ready()
  return fastify
}
