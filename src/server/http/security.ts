// Headers and limits every answer has.
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
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

/** Registers the security headers and the limit on calls. The facility's network has plain http too, so nothing forces https here. */
export async function registerSecurity(fastify: FastifyInstance, limits: CallLimits): Promise<void> {
  await fastify.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
    strictTransportSecurity: false,
    // Browsers ignore this one with a warning wherever the page comes over plain http.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  })
  await fastify.register(rateLimit, { max: limits.allPerMinute, timeWindow: '1 minute' })
  fastify.addHook('onSend', async (request, reply) => {
    if (request.raw.url?.startsWith('/api/') === true) reply.header('cache-control', 'no-store')
  })
}
