import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProviderId, StaffId } from '#contract/values.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import { staffKeys } from '#server/ledger/collections.ts'
import { unwrapVaultKey, verifyPin } from '#server/vault/staff-keys.ts'
import { readVaultRow } from '#server/vault/vault-rows.ts'
import { type TestServer, startTestServer } from '#test/support/test-server.ts'
import { problemCode } from '#test/support/test-device.ts'

const staffId = 'A1' as StaffId
const PIN = '739152'
let server: TestServer
let context: ServerContext

async function appoint(id: StaffId, account: string, pin = PIN) {
  return runAct(context, SERVER_ACTOR, 'appointStaff', {
    staffId: id,
    account,
    staffRole: 'administrator',
    providerId: null,
    displayName: '某某',
    pin,
  })
}
const keyOf = async (id: StaffId) => {
  const found = await context.store.read(context.facilityId, (view) => staffKeys.get(view, id))
  if (found === null) throw new Error('no key')
  return found.value
}

beforeEach(async () => {
  server = await startTestServer({ listens: false })
  context = server.context
  await runAct(context, SERVER_ACTOR, 'foundFacility', {
    name: '示例监狱',
    facilityKind: 'prison',
    cityCode: '340100',
    demonstration: false,
  })
  await appoint(staffId, 'admin1')
})
afterEach(() => server.stop())

describe("a staff member's key", () => {
  it('opens the vault with the PIN alone; the ledger knows neither PIN nor name', async () => {
    const key = await keyOf(staffId)
    expect(await unwrapVaultKey(key, PIN)).toEqual(new Uint8Array(context.vaultKey))
    expect(await verifyPin(key, '739153')).toBe(false)
    const row = await context.store.read(context.facilityId, (view) =>
      readVaultRow(view, context.vaultKey, 'staff', staffId),
    )
    expect(row?.content.displayName).toBe('某某')
    const texts = await context.store.read(context.facilityId, async (view) =>
      (await view.entries.feed({ after: 0, until: 99, roots: null, limit: 99 })).map(({ text }) => text).join(''),
    )
    expect(texts).not.toMatch(/739152|某某/)
  })

  it('is refused for a simple PIN or a taken account, and then nothing is written', async () => {
    const before = await context.store.read(context.facilityId, (view) => view.entries.headPosition())
    expect(await appoint('A2' as StaffId, 'admin2', '123456')).toMatchObject({
      ok: false,
      problem: { refusal: 'access/pin-too-simple' },
    })
    expect(await appoint('A3' as StaffId, 'admin1')).toMatchObject({
      ok: false,
      problem: { refusal: 'access/account-taken' },
    })
    const after = await context.store.read(context.facilityId, async (view) => [
      await view.entries.headPosition(),
      (await view.records.revisions('staffKey')).length,
    ])
    expect(after).toEqual([before, 1])
  })

  it('opens as before after the name was changed; the ledger knows neither name', async () => {
    const rename = (displayName: string) => runAct(context, SERVER_ACTOR, 'renameStaff', { staffId, displayName })
    expect(await rename('新某')).toMatchObject({ ok: true })
    const nameAndHead = () =>
      context.store.read(context.facilityId, async (view) => [
        (await readVaultRow(view, context.vaultKey, 'staff', staffId))?.content.displayName,
        await view.entries.headPosition(),
      ])
    const after = await nameAndHead()
    expect(after[0]).toBe('新某')
    expect(await rename(' 新某 ')).toMatchObject({ ok: true, value: { positions: [] } })
    expect((await rename('　')).ok).toBe(false)
    expect(await nameAndHead()).toEqual(after)
    expect(await verifyPin(await keyOf(staffId), PIN)).toBe(true)
    const texts = await context.store.read(context.facilityId, async (view) =>
      (await view.entries.feed({ after: 0, until: 99, roots: null, limit: 99 })).map(({ text }) => text).join(''),
    )
    expect(texts).not.toMatch(/新某|某某/)
  })

  it('changes with the PIN: the old one opens nothing any more', async () => {
    await runAct(context, SERVER_ACTOR, 'resetPin', { staffId, pin: '604817' })
    const key = await keyOf(staffId)
    expect([key.revision, await verifyPin(key, PIN), await verifyPin(key, '604817')]).toEqual([2, false, true])
  })

  it('is made useless when the person is disabled, until a new PIN is set', async () => {
    await appoint('A2' as StaffId, 'admin2')
    await runAct(context, SERVER_ACTOR, 'disableStaff', { staffId })
    expect(await verifyPin(await keyOf(staffId), PIN)).toBe(false)
    await runAct(context, SERVER_ACTOR, 'enableStaff', { staffId })
    await runAct(context, SERVER_ACTOR, 'resetPin', { staffId, pin: '604817' })
    expect(await unwrapVaultKey(await keyOf(staffId), '604817')).toEqual(new Uint8Array(context.vaultKey))
  })
})

describe('signing in at the server', () => {
  it('is closed after ten wrong PINs in a row, and open again after a new PIN', async () => {
    const device = await server.join('office')
    for (let count = 0; count < 10; count += 1)
      expect(problemCode(await device.signIn('admin1', '000001'))).toBe('wrong-pin')
    expect(problemCode(await device.signIn('admin1', PIN))).toBe('account-disabled')
    await runAct(context, SERVER_ACTOR, 'resetPin', { staffId, pin: '604817' })
    expect((await device.signIn('admin1', '604817')).ok).toBe(true)
    await runAct(context, SERVER_ACTOR, 'resetPin', { staffId, pin: '915306' })
    expect(
      problemCode(
        await device.act('setHouseRules', {
          rules: (await context.store.read(context.facilityId, (view) => loadState(view, 'facility', 'facility')))
            .rules,
        }),
      ),
    ).toBe('sign-in-needed')
  })
})

describe('registering a provider', () => {
  it('makes its certificate key; what is stored does not open with the vault key', async () => {
    const providerId = 'P1' as ProviderId
    const body = {
      providerId,
      code: 'WP',
      name: '示例职业培训学校',
      qualification: '许可证',
      qualificationValidUntil: '2030-01-01',
      skillLevels: [5],
    } as Parameters<typeof runAct<'registerProvider'>>[3]
    expect((await runAct(context, SERVER_ACTOR, 'registerProvider', body)).ok).toBe(true)
    const provider = await context.store.read(context.facilityId, (view) =>
      loadState(view, 'provider', `provider/${providerId}`),
    )
    expect(provider.keys.length).toBe(1)
    expect(Buffer.from(provider.keys[0]?.publicKey ?? '', 'base64url').length).toBe(32)
    const stored = await context.store.read(context.facilityId, (view) => view.records.list('providerKey'))
    expect(JSON.stringify(stored)).not.toContain(provider.keys[0]?.publicKey)
  })
})
