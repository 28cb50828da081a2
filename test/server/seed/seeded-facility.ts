// The demonstration in a store of a test: the same keys, the same ids and the same day each time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FacilityKind } from '#contract/values.ts'
import { actPerformers } from '#server/acts/performers.ts'
import { makeContext } from '#server/devices/make-context.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { seedDemonstration } from '#server/seed/demonstration/seed.ts'
import type { LedgerStore } from '#server/storage/ledger-store.ts'
import { makeMemoryStore } from '#server/storage/memory/memory-store.ts'
import { fixedClock } from '#test/support/fixed-clock.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { testKeys } from '#test/support/test-server.ts'

export interface SeedOptions {
  readonly store?: LedgerStore
  readonly kind?: FacilityKind
  readonly moment?: string
  readonly seed?: number
  /** False leaves out the 240 sealed cards, whose stretching takes seconds. */
  readonly withCards?: boolean
}

export interface SeededFacility {
  readonly context: ServerContext
  readonly dataDir: string
  readonly accounts: Awaited<ReturnType<typeof seedDemonstration>>
  close(): Promise<void>
}

export async function seedFacility(options: SeedOptions = {}): Promise<SeededFacility> {
  const { kind = 'prison', moment = '2026-03-02T09:00:00.000+08:00', seed = 7, withCards = false } = options
  const dataDir = mkdtempSync(join(tmpdir(), 'xincheng-seed-'))
  const random = seededRandom(seed)
  const keys = testKeys(random)
  const store = options.store ?? makeMemoryStore()
  const clock = fixedClock(moment)
  const { makeTraineeCodes: _codes, ...withoutCards } = actPerformers
  const performers = withCards ? actPerformers : withoutCards
  const context = makeContext(
    { store, dataDir, keys, performers },
    { nowMs: () => Date.parse(clock.now()), random: random.bytes },
  )
  const accounts = await seedDemonstration(context, kind)
  return {
    context: { ...context, performers: actPerformers },
    dataDir,
    accounts,
    async close() {
      await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
