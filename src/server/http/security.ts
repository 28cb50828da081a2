// Headers and limits every answer has.
import helmet from '@fastify/helmet'
import rateLimit, { type FastifyRateLimitStore, type FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { Tally } from '#server/storage/ledger-store.ts'
import { makeShortMemory } from '#server/storage/short-memory.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { CallLimits } from './parts.ts'

/** Only this origin, no inline script or style; WebAssembly is Argon2id's. */
const CONTENT_POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'form-action': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

type Counted = Parameters<FastifyRateLimitStore['incr']>[1]

/**
 * Where calls are counted. The limit on all calls guards this process and is counted in it; the tight limits on joining and signing in guard
 * secrets, so all instances on one store count together.
 */
function talliesOf({ store, facilityId, clock }: ServerContext): FastifyRateLimitStoreCtor {
  const counter = (count: (key: string, windowMs: number, nowMs: number) => Promise<Tally>): FastifyRateLimitStore => ({
    incr(key: string, counted: Counted, windowMs: number) {
      count(key, windowMs, Date.parse(clock.now())).then(
        (tally) => counted(null, { current: tally.count, ttl: tally.endsInMs }),
        (reason: unknown) => counted(reason instanceof Error ? reason : new Error(String(reason))),
      )
    },
    child(options) {
      // The plug-in hands over the route's options merged with its own, which its types do not say.
      const { routeInfo } = options as typeof options & { readonly routeInfo: { readonly url: string } }
      const name = `${routeInfo.url} `
      return counter((key, windowMs, nowMs) => store.shortMemory.tally(facilityId, name + key, windowMs, nowMs))
    },
  })
  const ofProcess = makeShortMemory()
  return class {
    incr: FastifyRateLimitStore['incr']
    child: FastifyRateLimitStore['child']
    constructor() {
      const { incr, child } = counter((...given) => ofProcess.tally(facilityId, ...given))
      this.incr = incr
      this.child = child
    }
  }
}

/** Registers the security headers and the limit on calls. The facility's network has plain http too, so nothing forces https here. */
export async function registerSecurity(
  fastify: FastifyInstance,
  limits: CallLimits,
  context: ServerContext,
): Promise<void> {
  await fastify.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
    strictTransportSecurity: false,
    // Browsers ignore this one with a warning wherever the page comes over plain http.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  })
  await fastify.register(rateLimit, {
    max: limits.allPerMinute,
    timeWindow: '1 minute',
    store: talliesOf(context),
  })
  fastify.addHook('onSend', async (request, reply) => {
    if (request.raw.url?.startsWith('/api/') === true) reply.header('cache-control', 'no-store')
  })
}
