// What routes are registered on.
import type { FastifyInstance } from 'fastify'
import type { Health } from '#contract/device.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { CallLimits, Reach, ServerParts } from './parts.ts'
import type { WriteWatch } from './write-watch.ts'

/** The application: the context and parts every route is given. */
export interface App {
  readonly fastify: FastifyInstance
  readonly context: ServerContext
  readonly parts: ServerParts
  /** Whether the store can be written now. */
  readonly writes: WriteWatch
  readonly limits: CallLimits
  readonly reach: Reach
  /** Where the nightly backup stands; null where none is made. */
  readonly backup: (() => NonNullable<Health['backup']>) | null
  readonly version: string
  /** When each device was last heard of; a push also writes it down. */
  readonly lastSeen: Map<string, string>
}
