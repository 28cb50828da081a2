// A kiosk tablet over a whole site: the real catalogue, a class, people with slips; its stores, and its pages when they are asked for.
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { nextTick } from 'vue'
import type { EffectScope } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { Router } from 'vue-router'
import type { Wish } from '#contract/kinds/trainee.ts'
import type { OccupationId, SkillLevel, TraineeId } from '#contract/values.ts'
import { kioskRoutes } from '#client/pages/kiosk/routes.ts'
import { keepKioskApart } from '#client/stores/kiosk-boundary.ts'
import { useKiosk } from '#client/stores/kiosk.ts'
import { seedCatalogue } from '#server/seed/catalogue/seed.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { vi } from 'vitest'
import { createTestI18n } from '../../components/mount-with-messages.ts'
import type { CallFate } from '../../support/site-fetch.ts'
import { seedClass, traineeIdOf } from '../../support/test-class.ts'
import { makeCodes, numberOf, seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet } from '../../support/test-tablet.ts'
import type { TestTablet } from '../../support/test-tablet.ts'

const PEOPLE = 3

export interface KioskTablet {
  readonly site: TestServer
  readonly tablet: TestTablet
  readonly scope: EffectScope
  /** The tablet's clock; a test moves it. */
  readonly clock: { now: number }
  /** What becomes of calls to the site. */
  readonly network: { fate: CallFate }
  /** Number and code on a person's slip. */
  slipOf(index: number): { readonly number: string; readonly code: string }
  /** Opens the pages at an address, as the app does. */
  openPages(path: string, locale?: 'zh-CN' | 'en'): Promise<Router>
  stop(): Promise<void>
}

export const wish = (occupationId: string, skillLevel: SkillLevel = 5): Wish => ({
  occupationId: occupationId as OccupationId,
  skillLevel,
  reason: null,
})
export const SEWING = wish('sewing-worker')
export const COOK = wish('chinese-cook')
export const ELECTRICIAN = wish('electrician')
export const WELDER = wish('welder')

/** Starts it; three people have slips unless there are none, the tablet has synced and nobody is signed in. */
export async function startKioskTablet({ slips = true }: { readonly slips?: boolean } = {}): Promise<KioskTablet> {
  const site = await startTestServer({ listens: false })
  await foundTestFacility(site)
  await seedCatalogue(site.context)
  await seedClass(site, PEOPLE)
  await seedPeople(site, PEOPLE)
  const codes = slips ? await makeCodes(site, 1, 2, PEOPLE) : new Map<TraineeId, string>()
  const network: { fate: CallFate } = { fate: 'arrives' }
  const clock = { now: Date.parse(site.clock.now()) }
  const tablet = await joinTablet(site, {
    purpose: 'kiosk',
    random: seededRandom(7),
    fateOf: () => network.fate,
    more: { clock: () => clock.now },
  })
  await tablet.joined.sync.syncNow()
  tablet.core.staffActor.value = null
  const scope = openStores(tablet.core)
  const kiosk = scope.run(() => useKiosk())
  await vi.waitUntil(() => (kiosk?.items?.length ?? 0) > 0)
  return {
    site,
    tablet,
    scope,
    clock,
    network,
    slipOf: (index) => ({ number: numberOf(index), code: codes.get(traineeIdOf(index)) ?? '' }),
    async openPages(path, locale = 'zh-CN') {
      const entrance = { path: '/', component: { render: () => null } }
      const router = createRouter({ history: createMemoryHistory(), routes: [...kioskRoutes, entrance] })
      keepKioskApart(router)
      await router.push(path)
      const pinia = getActivePinia()
      mount(RouterView, {
        attachTo: document.body,
        global: { plugins: [createTestI18n(locale), router, ...(pinia === undefined ? [] : [pinia])] },
      })
      await settle()
      return router
    },
    async stop() {
      scope.stop()
      await site.stop()
    },
  }
}

/** Lets pages load, stores read and the screen follow. */
export async function settle(): Promise<void> {
  await vi.dynamicImportSettled()
  await flushPromises()
  await nextTick()
}

/** The words on the screen. */
export const pageText = (): string => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? ''

/** Waits for words on the screen. */
export async function sees(words: string): Promise<void> {
  await vi
    .waitUntil(() => pageText().includes(words), { timeout: 10_000 })
    .catch(() => {
      throw new Error(`"${words}" is not on the screen: ${pageText().slice(0, 1500)}`)
    })
}
