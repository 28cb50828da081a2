// Is the server there, and whose is it? It answers 200 as long as the process lives, whatever the store says.
import { Health } from '#contract/device.ts'
import { facilityStream } from '#contract/streams.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import type { App } from '../app.ts'

type Known = Pick<Health, 'facility' | 'position' | 'setUp' | 'demonstration'>

async function readKnown(view: LedgerReader, id: Health['facility']['id']): Promise<Known> {
  const { name, facilityKind: kind, founded: setUp, demonstration } = await loadState(view, 'facility', facilityStream)
  return { facility: { id, name, kind }, position: await view.entries.headPosition(), setUp, demonstration }
}

/** Registers `GET /api/health`. */
export function registerHealth(app: App): void {
  const { store, facilityId } = app.context
  let known: Known = {
    facility: { id: facilityId, name: '', kind: null },
    position: 0,
    setUp: false,
    demonstration: false,
  }
  const schema = { summary: 'Is the server up, whose is it, and how far is its ledger', response: { 200: Health } }
  app.fastify.get('/api/health', { schema }, async (): Promise<Health> => {
    const base = {
      version: app.version,
      store: store.kind === 'postgres' ? ('postgres' as const) : ('sqlite' as const),
      ...(app.backup === null ? {} : { backup: app.backup() }),
    }
    try {
      known = await store.read(facilityId, (view) => readKnown(view, facilityId))
      return { status: (await app.writes.isReadOnly()) ? 'read-only' : 'ok', ...base, ...known }
    } catch {
      // The store cannot be read at all: say what was known last, and that something is wrong.
      return { status: 'degraded', ...base, ...known }
    }
  })
}
