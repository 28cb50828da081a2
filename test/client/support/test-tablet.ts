// A joined tablet over a test site: the real core on a disk of its own, which a test may reload, kill and cut off.
import { createClientCore } from '#client/client-core.ts'
import type { ClientSurroundings } from '#client/client-core.ts'
import type { RecordingActor } from '#client/ledger/record-entry.ts'
import type { ClientCore, JoinedDevice } from '#client/stores/container.ts'
import type { DevicePurpose } from '#contract/device.ts'
import type { ActorId } from '#contract/values.ts'
import { makeJoinCode } from '#server/devices/join.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import type { TestServer } from '#test/support/test-server.ts'
import type { TestTransport } from '#test/support/transport.ts'
import { siteFetch } from './site-fetch.ts'
import type { CallFate } from './site-fetch.ts'
import { makeTestBrowser, testSurroundings } from './test-browser.ts'
import type { TestBrowser, TestWindow } from './test-browser.ts'

export const TEACHER: RecordingActor = { actorId: 'TEACHER1' as ActorId, role: 'instructor' }

export interface TestTablet {
  readonly browser: TestBrowser
  readonly core: ClientCore
  readonly joined: JoinedDevice
  /** Ends the window without a word and opens a new one over the same disk. */
  reload(more?: Partial<ClientSurroundings>): Promise<void>
  /** Ends every window without a word; the disk stays. */
  close(): void
  /** Another window of the same browser. */
  openWindow(): Promise<ClientCore>
}

export interface TabletOptions {
  readonly purpose?: DevicePurpose
  readonly random: SeededRandom
  readonly fateOf?: (path: string) => CallFate
  /** How calls reach the site; its own transport unless a test stands between. */
  readonly transport?: TestTransport
  readonly more?: Partial<ClientSurroundings>
}

function joinedOf(core: ClientCore): JoinedDevice {
  const joined = core.joined.value
  if (joined === null) throw new Error(`the tablet has not joined: ${String(core.storageFault.value)}`)
  return joined
}

/** A one-time code of the site. */
export async function joinCode({ context }: TestServer, purpose: DevicePurpose): Promise<string> {
  return (await context.store.transaction(context.facilityId, (tx) => makeJoinCode(tx, context, purpose))).code
}

/** Joins a tablet to a site; the teacher works on it. */
export async function joinTablet(
  site: TestServer,
  { purpose = 'office', random, fateOf, transport = site.transport, more: always = {} }: TabletOptions,
): Promise<TestTablet> {
  const browser = makeTestBrowser()
  const windows: TestWindow[] = []
  async function open(more: Partial<ClientSurroundings> = {}): Promise<ClientCore> {
    const window = browser.openWindow()
    windows.push(window)
    const core = createClientCore(
      testSurroundings(browser, window, random, {
        clock: () => Date.parse(site.clock.now()),
        fetch: siteFetch(transport, fateOf),
        ...always,
        ...more,
      }),
    )
    await core.start(null)
    core.staffActor.value = TEACHER
    return core
  }
  const close = (): void => {
    for (const window of windows.splice(0)) window.close()
  }
  let core = await open()
  const answer = await core.join(await joinCode(site, purpose), 'test tablet')
  if (!answer.ok) throw new Error(`joining failed: ${JSON.stringify(answer)}`)
  return {
    browser,
    get core() {
      return core
    },
    get joined() {
      return joinedOf(core)
    },
    close,
    async reload(more) {
      close()
      core = await open(more)
    },
    openWindow: () => open(),
  }
}
