import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Health } from '#contract/device.ts'
import { startTestServer, type TestServer } from '#test/support/test-server.ts'
import { problemCode, type TestDevice, valueOf } from '#test/support/test-device.ts'

let server: TestServer
let office: TestDevice

beforeEach(async () => {
  server = await startTestServer()
  office = await server.join('office')
})
afterEach(() => server.stop())

const asked = {
  facilityName: '示例监狱',
  facilityKind: 'prison',
  cityCode: '340100',
  account: 'chief1',
  displayName: '王芳',
  pin: '739152',
}
const setUp = (device: TestDevice, change: object = {}) =>
  device.json('POST', '/api/setup', { json: { ...asked, ...change } })
const health = async () => valueOf(await office.json<Health>('GET', '/api/health'))

it('founds the facility with its first administrator, who can sign in at once', async () => {
  expect(await health()).toMatchObject({ setUp: false, facility: { name: '', kind: null } })
  expect((await setUp(office)).ok).toBe(true)
  expect(await health()).toMatchObject({
    setUp: true,
    demonstration: false,
    facility: { name: '示例监狱', kind: 'prison' },
  })
  expect(valueOf(await office.signIn('chief1', '739152')).role).toBe('administrator')
})

it('does so once, also when asked twice at the same time', async () => {
  const answers = await Promise.all([
    setUp(office),
    setUp(office, { account: 'chief2' }),
    setUp(office, { account: 'chief3' }),
  ])
  expect(answers.map(problemCode).sort()).toEqual(['none', 'set-up-done', 'set-up-done'])
  expect(problemCode(await setUp(office))).toBe('set-up-done')
})

it('leaves no facility behind when the administrator is refused', async () => {
  expect(await setUp(office, { pin: '123456' })).toMatchObject({
    ok: false,
    problem: { code: 'refused', refusal: 'access/pin-too-simple' },
  })
  expect(await health()).toMatchObject({ setUp: false })
  expect((await setUp(office)).ok).toBe(true)
})

it('is not for a kiosk, a tablet or a stranger', async () => {
  expect(problemCode(await setUp(await server.join('kiosk')))).toBe('not-allowed')
  expect(problemCode(await setUp(await server.join('instructor')))).toBe('not-allowed')
  const stranger = await server.transport({
    method: 'POST',
    path: '/api/setup',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(asked)),
  })
  expect(stranger.status).toBe(401)
})
