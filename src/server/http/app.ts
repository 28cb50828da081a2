// What routes are registered on.
import type { FastifyInstance } from 'fastify'
import type { NonceMemory } from '#server/devices/call-signature.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { CallLimits, ServerParts } from './parts.ts'

/** The application: the context and parts every route is given. */
export interface App {
  readonly fastify: FastifyInstance
  readonly context: ServerContext
  readonly parts: ServerParts
  readonly nonces: NonceMemory
  readonly limits: CallLimits
  readonly version: string
  /** When each device was last heard of; a push also writes it down. */
  readonly lastSeen: Map<string, string>
}
