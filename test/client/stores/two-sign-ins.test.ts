// Two windows of one browser, each with its own sign-in: either says who works in the other.
import { expect, it, vi } from 'vitest'
import { useSignIn } from '#client/stores/sign-in.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import { openStores } from '../support/test-stores.ts'
import { joinTablet } from '../support/test-tablet.ts'

it('a window says who is signed in in another one, until he locks it', async () => {
  const site = await startTestServer({ listens: false })
  const { teacherPin } = await foundTestFacility(site)
  const tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
  const firstScope = openStores(tablet.core)
  const first = useSignIn()
  expect(first.elsewhere).toBeNull()
  expect(await first.signIn('teacher1', teacherPin)).toMatchObject({ ok: true })

  const secondScope = openStores(await tablet.openWindow())
  const second = useSignIn()
  await vi.waitUntil(() => second.elsewhere === 'teacher1')
  expect(second.staff).toBeNull()
  first.lock()
  await vi.waitUntil(() => second.elsewhere === null)
  expect(first.elsewhere).toBeNull()
  firstScope.stop()
  secondScope.stop()
  await site.stop()
})
