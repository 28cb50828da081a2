// The instructor's pages opened at an address over a real tablet and a real site, used by role and label.
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { vi } from 'vitest'
import type { EffectScope } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { BodyOf, EntryKind } from '#contract/kind-registry.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { instructorRoutes } from '#client/pages/instructor/routes.ts'
import { resetClock } from '#client/stores/clock.ts'
import { useSignIn } from '#client/stores/sign-in.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { allByRole, byRole, createTestI18n } from '../../components/mount-with-messages.ts'
import type { CallFate } from '../../support/site-fetch.ts'
import { CLASS_ID, seedClass, SESSION_ID } from '../../support/test-class.ts'
import { seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet, type TestTablet } from '../../support/test-tablet.ts'

export const ROLL_CALL = `/instructor/class/${CLASS_ID}/session/${SESSION_ID}/roll-call`
export const LESSON_LOG = `/instructor/class/${CLASS_ID}/session/${SESSION_ID}/lesson-log`
export const SCORES = `/instructor/class/${CLASS_ID}/scores`

/** A site with the test class, a tablet that has pulled it, and the teacher signed in on it. */
export interface Classroom {
  readonly site: TestServer
  readonly tablet: TestTablet
  readonly scope: EffectScope
  readonly pin: string
  /** What becomes of the tablet's calls from now on. */
  network: CallFate
  /** Time passes; the tablet has locked itself meanwhile, and the teacher signs in again. */
  later(step: Parameters<TestServer['clock']['advance']>[0]): Promise<void>
  close(): Promise<void>
}

export async function openClassroom(
  traineeCount: number,
  before?: (site: TestServer) => Promise<void>,
): Promise<Classroom> {
  const site = await startTestServer({ listens: false })
  const { teacherPin } = await foundTestFacility(site)
  await seedClass(site, traineeCount)
  await seedPeople(site, traineeCount)
  await before?.(site)
  const classroom = { network: 'arrives' as CallFate }
  const tablet = await joinTablet(site, { random: seededRandom(1), fateOf: () => classroom.network })
  await tablet.joined.sync.syncNow()
  tablet.core.staffActor.value = null
  const scope = openStores(tablet.core)
  await useSignIn().signIn('teacher1', teacherPin)
  return Object.assign(classroom, {
    ...{ site, tablet, scope, pin: teacherPin },
    async later(step: Parameters<TestServer['clock']['advance']>[0]) {
      site.clock.advance(step)
      resetClock()
      await useSignIn().signIn('teacher1', teacherPin)
    },
    async close() {
      scope.stop()
      await site.stop()
    },
  })
}

/** Appends to the site's ledger as the office's acts would. */
export async function writeAtSite<K extends EntryKind>(
  { context, clock }: TestServer,
  stream: string,
  kind: K,
  ...bodies: BodyOf<K>[]
): Promise<void> {
  const drafts = bodies.map((body) => ({ stream, kind, body, occurredOn: clock.today(), basedOn: null }) as EntryDraft)
  await context.store.transaction(context.facilityId, (tx) => appendAsServer(tx, context, SERVER_ACTOR, drafts))
}

/** Mounts the instructor's pages and goes to the address. */
export async function openInstructor(address: string) {
  const elsewhere = { path: '/:rest(.*)*', component: { render: () => null } }
  const router = createRouter({ history: createMemoryHistory(), routes: [...instructorRoutes, elsewhere] })
  await router.push(address)
  const pinia = getActivePinia()
  mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createTestI18n(), router, ...(pinia === undefined ? [] : [pinia])] },
  })
  await flushPromises()
  return router
}

/** Everything readable on the page, in one line. */
export const pageText = (): string => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? ''

/** Waits until something holds; says what the page showed when it never did. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  await vi.waitUntil(holds, { timeout: 15_000 }).catch(() => {
    throw new Error(`${what} never came; the page: ${pageText().slice(0, 1500)}`)
  })
  await flushPromises()
}

export const seen = (words: string): Promise<void> => until(() => pageText().includes(words), `“${words}”`)

/** Presses the button of that name, the topmost where a dialog stands over the page. */
export async function press(name: string): Promise<void> {
  const enabled = () => allByRole('button', name).filter((one) => !(one as HTMLButtonElement).disabled)
  await until(() => enabled().length > 0, `the button “${name}”`)
  enabled().at(-1)?.click()
  await flushPromises()
}

/** The key of one person in the roll call. */
export function keyOf(person: string, mark: string): HTMLButtonElement {
  const groups = [...document.querySelectorAll('[role="group"]')]
  const group = groups.find(
    (one) => document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent === person,
  )
  const key = group?.querySelector<HTMLButtonElement>(`button[aria-label="${mark}"]`)
  if (!key) throw new Error(`${person} has no key ${mark}`)
  return key
}

/** What stands in a field. */
export const valueOf = (name: string): string => (byRole('textbox', name) as HTMLInputElement).value

/** Puts a text into a field as one input does, and says it is finished. */
export async function fill(name: string, text: string): Promise<void> {
  const input = byRole('textbox', name) as HTMLInputElement
  input.focus()
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

export async function pressKey(key: string): Promise<void> {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await flushPromises()
}
