// Is the server there, and whose is it?
import { Health } from '#contract/device.ts'
import { facilityStream } from '#contract/streams.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { done } from '#server/ledger/outcome.ts'
import type { App } from '../app.ts'
import { endpoint } from '../endpoint.ts'

/** Registers `GET /api/health`. */
export function registerHealth(app: App): void {
  endpoint(app, {
    method: 'GET',
    path: '/api/health',
    summary: 'Is the server up, whose is it, and how far is its ledger',
    needs: 'nothing',
    answer: Health,
    async run({ context }, tx) {
      const facility = await loadState(tx, 'facility', facilityStream)
      return done({
        status: 'ok' as const,
        version: app.version,
        store: 'sqlite' as const,
        facility: { id: context.facilityId, name: facility.name, kind: facility.facilityKind },
        position: await tx.entries.headPosition(),
        setUp: facility.founded,
        demonstration: facility.demonstration,
      })
    },
  })
}
