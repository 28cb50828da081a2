// A tablet for the proofs: a real Chromium on a folder of its own before a site in this process, with a roll call open and a hand that taps.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { makeJoinCode } from '#server/devices/join.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { openProfile, type Profile, type ProfileOptions } from '../browser/steps/browser-profile.ts'
import { joinDevice, signIn } from '../browser/steps/office-entry.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../client/support/test-class.ts'
import { nameOf, seedPeople } from '../client/support/test-people.ts'

declare global {
  interface Window {
    /** Given to the page by the test: a tap of which the page said that it is saved. */
    tellSaved(name: string, mark: string): Promise<void>
  }
}

const PAGES = process.env['PROOF_PAGES'] ?? fileURLToPath(new URL('../../dist/client', import.meta.url))
const PEOPLE = 12
const ROLL_CALL = `/instructor/class/${CLASS_ID}/session/${SESSION_ID}/roll-call`
const WRITING = '正在存'
const UNSAVED = '没有存'

/** A tap somebody was told is saved. */
export interface SavedTap {
  readonly traineeId: string
  readonly mark: string
}

export interface ProofSite {
  readonly server: TestServer
  readonly teacher: { readonly account: string; readonly pin: string; readonly displayName: string }
  joinCode(): Promise<string>
  /** What the device's chain says at the site, in its order. */
  chainOf(deviceId: string): Promise<readonly SavedTap[]>
  stop(): Promise<void>
}

/** A site with one class that meets today, in this process: it is the tablet that is to be proved. */
export async function openProofSite(): Promise<ProofSite> {
  if (!existsSync(`${PAGES}/index.html`)) throw new Error('the app is not built: run npm test, or npm run build')
  const server = await startTestServer({ pagesDir: PAGES, moment: new Date().toISOString() })
  const { teacherPin } = await foundTestFacility(server)
  await seedClass(server, PEOPLE)
  await seedPeople(server, PEOPLE)
  const { context } = server
  return {
    server,
    teacher: { account: 'teacher1', pin: teacherPin, displayName: '' },
    joinCode: async () =>
      (await context.store.transaction(context.facilityId, (tx) => makeJoinCode(tx, context, 'instructor'))).code,
    chainOf: (deviceId) =>
      context.store.read(context.facilityId, async (view) => {
        const entries = await view.entries.feed({
          after: 0,
          until: await view.entries.headPosition(),
          roots: null,
          limit: 1_000_000,
        })
        return entries
          .filter((entry) => entry.deviceId === deviceId)
          .sort((one, other) => one.seq - other.seq)
          .map(({ text }) => (JSON.parse(text) as { body: SavedTap }).body)
      }),
    stop: () => server.stop(),
  }
}

export interface ProofTablet {
  readonly profile: Profile
  readonly saved: readonly SavedTap[]
  deviceId(): Promise<string>
  /** Whether calls to the site get through. */
  setOnline(online: boolean): void
  /** Opens the browser (again), signs in and opens the roll call. */
  open(): Promise<Page>
  /** Taps without end; every tap that is said to be saved is kept in `saved`. Answers at once. */
  beginTapping(seed: number): void
  /** Taps so many times and waits. */
  tap(count: number, seed: number): Promise<void>
  kill(): Promise<void>
  remove(): Promise<void>
}

const idByName = new Map(Array.from({ length: PEOPLE }, (_, index) => [nameOf(index + 1), traineeIdOf(index + 1)]))
const MARKS: Readonly<Record<string, string>> = { 缺勤: 'absent', 迟到: 'late', 早退: 'leftEarly', 请假: 'excused' }

/** Taps in the page itself, as fast as the page says each is saved. */
function tapInPage(page: Page, count: number, seed: number): Promise<void> {
  return page.evaluate(
    async ([times, begin, busy, unsaved]) => {
      const word = document.querySelector('.save-word')
      const until = (reached: () => boolean) =>
        new Promise<boolean>((resolve) => {
          if (reached()) return resolve(true)
          const end = (answer: boolean) => {
            watch.disconnect()
            clearTimeout(timer)
            resolve(answer)
          }
          const watch = new MutationObserver(() => reached() && end(true))
          const timer = setTimeout(() => end(false), 5000)
          watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
        })
      const isWriting = () => word?.textContent?.includes(busy) === true
      let state = begin
      for (let turn = 0; turn < times; turn += 1) {
        const keys = [...document.querySelectorAll<HTMLButtonElement>('.roll-key')]
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        const key = keys[state % keys.length]
        if (key === undefined) continue
        const group = key.closest('[role="group"]')
        const name = document.getElementById(group?.getAttribute('aria-labelledby') ?? '')?.textContent?.trim() ?? ''
        const before = key.getAttribute('aria-pressed')
        key.click()
        if (!(await until(() => key.getAttribute('aria-pressed') !== before))) continue
        const isSaved = (await until(() => !isWriting())) && word?.textContent?.includes(unsaved) !== true
        const now = key.getAttribute('aria-pressed') === 'true' ? (key.getAttribute('aria-label') ?? '') : 'present'
        if (isSaved) await window.tellSaved(name, now)
      }
    },
    [count, seed, WRITING, UNSAVED] as const,
  )
}

/** Joins a tablet to the site, or takes a copy of another one's folder. */
export async function makeProofTablet(
  site: ProofSite,
  options: ProfileOptions & { readonly saved?: readonly SavedTap[] } = {},
): Promise<ProofTablet> {
  const saved: SavedTap[] = [...(options.saved ?? [])]
  const profile = await openProfile(site.server.url, { width: 800, height: 1280 }, options)
  let online = true
  let isFirst = options.startsClosed !== true
  async function prepare(page: Page): Promise<void> {
    await profile.context().exposeFunction('tellSaved', (name: string, mark: string) => {
      saved.push({ traineeId: idByName.get(name) ?? name, mark: MARKS[mark] ?? mark })
    })
    await page.route('**/api/**', (route) => (online ? route.continue() : route.abort('connectionrefused')))
  }
  async function open(): Promise<Page> {
    const page = isFirst ? profile.page() : await profile.open()
    await prepare(page)
    if (isFirst && options.copyOf === undefined) await joinDevice(page, await site.joinCode(), 'proof')
    isFirst = false
    await page.goto(ROLL_CALL)
    await signIn(page, site.teacher)
    await page.locator('.roll-key').first().waitFor()
    return page
  }
  return {
    profile,
    saved,
    deviceId: () =>
      profile.page().evaluate(() => {
        const words = JSON.parse(localStorage.getItem('xincheng-canary') ?? '{}') as { deviceId?: string }
        return words.deviceId ?? ''
      }),
    setOnline(now) {
      online = now
    },
    open,
    beginTapping(seed) {
      tapInPage(profile.page(), 1_000_000, seed).catch(() => undefined)
    },
    tap: (count, seed) => tapInPage(profile.page(), count, seed),
    kill: () => profile.kill(),
    remove: () => profile.remove(),
  }
}

/** What the roll call shows, as marks by trainee. */
export function shownNow(page: Page): Promise<ReadonlyMap<string, string>> {
  return page
    .getByRole('list', { name: /^名单/ })
    .getByRole('group')
    .evaluateAll((groups) =>
      groups.map((group) => {
        const textOf = (attribute: string) =>
          document.getElementById(group.getAttribute(attribute) ?? '')?.textContent?.trim() ?? ''
        return [textOf('aria-labelledby'), textOf('aria-describedby').split(/\s+/)[0] ?? ''] as const
      }),
    )
    .then((rows) => new Map(rows.map(([name, mark]) => [idByName.get(name) ?? name, MARKS[mark] ?? 'present'])))
}

/** Which saved taps are not in a chain, when both are read in order. */
export function missingTaps(saved: readonly SavedTap[], chain: readonly SavedTap[]): readonly SavedTap[] {
  const missing: SavedTap[] = []
  let at = 0
  for (const tap of saved) {
    const found = chain.findIndex(
      (one, index) => index >= at && one.traineeId === tap.traineeId && one.mark === tap.mark,
    )
    if (found < 0) missing.push(tap)
    else at = found + 1
  }
  return missing
}
