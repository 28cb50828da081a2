import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StaffId } from '#contract/values.ts'
import { foundTestFacility, startTestServer, TEST_LIMITS, type TestServer } from '#test/support/test-server.ts'
import { problemCode, type TestDevice, valueOf } from '#test/support/test-device.ts'

let server: TestServer
let office: TestDevice
const RIGHT = '739152'

beforeEach(async () => {
  server = await startTestServer()
  await foundTestFacility(server)
  office = await server.join('office')
})
afterEach(() => server.stop())

const devices = (device: TestDevice, token?: string) =>
  device.json('GET', '/api/devices', token === undefined ? {} : { headers: { 'x-sign-in': token } })

describe('a sign-in at the server', () => {
  it('opens with account and PIN, for eight hours', async () => {
    expect(problemCode(await devices(office))).toBe('sign-in-needed')
    expect(valueOf(await office.signIn('admin1', RIGHT))).toMatchObject({
      staffId: 'ADMIN1',
      role: 'administrator',
      expiresAt: '2026-11-02T09:00:00.000Z',
    })
    expect((await devices(office)).ok).toBe(true)
    server.clock.advance({ hours: 7, minutes: 59 })
    expect((await devices(office)).ok).toBe(true)
    server.clock.advance({ minutes: 1 })
    expect(problemCode(await devices(office))).toBe('sign-in-needed')
  })

  it('is bound to the device it was opened on', async () => {
    const { token } = valueOf(await office.signIn('admin1', RIGHT))
    const other = await server.join('office')
    expect(problemCode(await devices(other, token))).toBe('sign-in-needed')
    expect(problemCode(await devices(other, 'made-up'))).toBe('sign-in-needed')
  })

  it('closes when asked to, when the PIN is set again, and when the person is disabled', async () => {
    valueOf(await office.signIn('admin1', RIGHT))
    valueOf(await office.json('POST', '/api/sign-out'))
    expect(problemCode(await devices(office))).toBe('sign-in-needed')
    const classroom = await server.join('instructor')
    const reached = async () => problemCode(await classroom.act('enableStaff', { staffId: 'TEACHER1' as StaffId }))
    valueOf(await classroom.signIn('teacher1', '280946'))
    expect(await reached()).toBe('refused')
    valueOf(await office.signIn('admin1', RIGHT))
    valueOf(await office.act('resetPin', { staffId: 'TEACHER1' as StaffId, pin: '516370' }))
    expect(await reached()).toBe('sign-in-needed')
    expect(problemCode(await classroom.signIn('teacher1', '280946'))).toBe('wrong-pin')
    valueOf(await classroom.signIn('teacher1', '516370'))
    valueOf(await office.act('disableStaff', { staffId: 'TEACHER1' as StaffId }))
    expect(await reached()).toBe('sign-in-needed')
    expect(problemCode(await classroom.signIn('teacher1', '516370'))).toBe('wrong-pin')
  })

  it('says the same to a wrong PIN and to an account nobody has', async () => {
    expect(problemCode(await office.signIn('admin1', '000001'))).toBe('wrong-pin')
    expect(problemCode(await office.signIn('nobody', '000001'))).toBe('wrong-pin')
    expect(problemCode(await office.signIn('admin1', '12345'))).toBe('malformed')
  })

  it('closes the account after ten wrong PINs in a row, until the PIN is set again', async () => {
    const second = await server.join('office')
    for (let tries = 1; tries <= 10; tries += 1)
      expect(problemCode(await office.signIn('teacher1', '000001'))).toBe('wrong-pin')
    expect(problemCode(await office.signIn('teacher1', '280946'))).toBe('account-disabled')
    valueOf(await second.signIn('admin1', RIGHT))
    valueOf(await second.act('resetPin', { staffId: 'TEACHER1' as StaffId, pin: '516370' }))
    expect((await office.signIn('teacher1', '516370')).ok).toBe(true)
  })

  it('counts wrong PINs in a row only, and ten at once as ten', async () => {
    for (let tries = 1; tries <= 9; tries += 1) await office.signIn('teacher1', '000001')
    expect((await office.signIn('teacher1', '280946')).ok).toBe(true)
    expect((await office.signIn('teacher1', '280946')).ok).toBe(true)
    const answers = await Promise.all(Array.from({ length: 14 }, () => office.signIn('teacher1', '000001')))
    expect(answers.map(problemCode).sort()).toEqual([
      ...Array(4).fill('account-disabled'),
      ...Array(10).fill('wrong-pin'),
    ])
  })
})

it('limits how often one address may try', async () => {
  const limited = await startTestServer({ limits: { ...TEST_LIMITS, signInPerMinute: 3, joinPerMinute: 2 } })
  await foundTestFacility(limited)
  const device = await limited.join('office')
  const codes = []
  for (let tries = 0; tries < 4; tries += 1) codes.push(problemCode(await device.signIn('admin1', '000001')))
  expect(codes).toEqual(['wrong-pin', 'wrong-pin', 'wrong-pin', 'too-many-tries'])
  expect(problemCode(await device.json('GET', '/api/devices'))).toBe('sign-in-needed')
  await limited.stop()
})
