// The vault of a tablet: opened by the right PIN only, closed without a trace, unreadable at rest.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { runAct } from '#server/ledger/perform-act.ts'
import { fromBase64Url, toBase64Url, utf8 } from '#client/storage/base64url.ts'
import { deriveKey, importKey, openBytes, openJson, sealJson, unwrapKey } from '#client/vault/cipher.ts'
import { lookupOf } from '#client/vault/trainee-card.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { dumpDisk } from '../support/disk-dump.ts'
import { seedClass, traineeIdOf } from '../support/test-class.ts'
import { ADMINISTRATOR, makeCodes, nameOf, numberOf, seedPeople } from '../support/test-people.ts'
import { joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'
import type { StaffId } from '#contract/values.ts'

interface Vectors {
  readonly vaultRow: {
    readonly key: string
    readonly iv: string
    readonly aad: string
    readonly plaintext: string
    readonly sealed: string
  }
  readonly staffKey: {
    readonly pin: string
    readonly cost: { salt: string; memoryKib: number; passes: number }
    readonly vaultKey: string
    readonly iv: string
    readonly aad: string
    readonly wrapped: string
  }
  readonly card: {
    readonly facilityNumber: string
    readonly code: string
    readonly cost: { salt: string; memoryKib: number; passes: number }
    readonly keyIv: string
    readonly keyAad: string
    readonly wrapped: string
    readonly iv: string
    readonly aad: string
    readonly plaintext: string
    readonly sealed: string
    readonly deviceSecret: string
    readonly lookup: string
  }
}
const vectors = JSON.parse(
  readFileSync(new URL('../../contract/vault-vectors.json', import.meta.url), 'utf8'),
) as Vectors
const bytes = (text: string): Uint8Array<ArrayBuffer> => fromBase64Url(text) ?? new Uint8Array()

async function keyOf(text: string): Promise<CryptoKey> {
  const key = await importKey(bytes(text), ['encrypt', 'decrypt'])
  if (key === null) throw new Error('not a key')
  return key
}

describe('the sealing formats', () => {
  it('seal and open a vault row as the vectors say, and nothing of another revision', async () => {
    const { key, iv, aad, plaintext, sealed } = vectors.vaultRow
    const secret = await keyOf(key)
    expect(await openJson(secret, { iv, sealed }, aad)).toEqual(JSON.parse(plaintext))
    expect(await sealJson(secret, bytes(iv), aad, JSON.parse(plaintext))).toEqual({ iv, sealed })
    expect(await openJson(secret, { iv, sealed }, 'trainee|T0001|4')).toBe(undefined)
    const altered = bytes(sealed)
    altered[5] = (altered[5] ?? 0) ^ 1
    expect(await openBytes(secret, { iv, sealed: toBase64Url(altered) }, aad)).toBe(null)
  })

  it('unwrap the vault key with the PIN of the vectors and with no other, into a key that cannot be exported', async () => {
    const { pin, cost, iv, aad, wrapped } = vectors.staffKey
    const key = await unwrapKey(await deriveKey(pin, cost), { iv, sealed: wrapped }, aad, ['decrypt'])
    expect(key?.extractable).toBe(false)
    expect(key && (await openJson(key, vectors.vaultRow, vectors.vaultRow.aad))).toEqual(
      JSON.parse(vectors.vaultRow.plaintext),
    )
    expect(await unwrapKey(await deriveKey('802512', cost), { iv, sealed: wrapped }, aad, ['decrypt'])).toBe(null)
  })

  it('find and open the card of the vectors', async () => {
    const { facilityNumber, code, cost, keyIv, keyAad, wrapped, iv, aad, plaintext, sealed, deviceSecret, lookup } =
      vectors.card
    expect(await lookupOf(deviceSecret, facilityNumber)).toBe(lookup)
    const key = await unwrapKey(
      await deriveKey(`${facilityNumber}:${code}`, cost),
      { iv: keyIv, sealed: wrapped },
      keyAad,
      ['decrypt'],
    )
    expect(key && (await openJson(key, { iv, sealed }, aad))).toEqual(JSON.parse(plaintext))
  })

  it('read and write base64url without padding, and refuse what is none', () => {
    for (const text of ['', 'a', 'ab', 'abc', 'ÿ𠮷']) expect(fromBase64Url(toBase64Url(utf8(text)))).toEqual(utf8(text))
    expect(fromBase64Url('a+b/')).toBe(null)
  })
})

describe('the vault on a tablet', () => {
  let site: TestServer
  let tablet: TestTablet
  let pin: string
  beforeEach(async () => {
    site = await startTestServer({ listens: false })
    pin = (await foundTestFacility(site)).adminPin
    await seedClass(site, 450)
    await seedPeople(site, 450)
    tablet = await joinTablet(site, { random: seededRandom(1) })
    await tablet.joined.sync.syncNow()
  })
  afterEach(() => site.stop())

  it('opens names portion by portion with the PIN, offline, and lock forgets them', async () => {
    const { vault } = tablet.joined
    expect(await vault.unlock('admin1', pin)).toMatchObject({ ok: true, staffKey: { staffRole: 'administrator' } })
    let portions = 0
    await vault.refresh(() => {
      portions += 1
    })
    expect(portions).toBeGreaterThan(2)
    expect(vault.rows.get(`trainee|${traineeIdOf(7)}`)?.content).toMatchObject({
      name: nameOf(7),
      facilityNumber: numberOf(7),
    })
    expect([...vault.rows.values()].filter(({ kind }) => kind === 'trainee')).toHaveLength(450)
    vault.lock()
    expect([vault.unlocked, vault.rows.size]).toEqual([false, 0])
    expect(await vault.addNote('N1', '胃病复发')).toBe(null)
  })

  it('keeps nothing opened when it is locked in the middle of opening', async () => {
    const { vault } = tablet.joined
    await vault.unlock('admin1', pin)
    await vault.refresh(() => vault.lock())
    expect([vault.unlocked, vault.rows.size]).toEqual([false, 0])
  })

  it('counts wrong PINs across restarts, disables at the tenth, and only a new key from the site opens again', async () => {
    for (let left = 9; left >= 5; left -= 1)
      expect(await tablet.joined.vault.unlock('admin1', '000001')).toEqual({
        ok: false,
        code: 'wrong-pin',
        triesLeft: left,
      })
    await tablet.reload()
    for (let left = 4; left >= 1; left -= 1)
      expect(await tablet.joined.vault.unlock('admin1', '000001')).toEqual({
        ok: false,
        code: 'wrong-pin',
        triesLeft: left,
      })
    expect(await tablet.joined.vault.unlock('admin1', '000001')).toEqual({
      ok: false,
      code: 'account-locked',
      triesLeft: 0,
    })
    expect(await tablet.joined.vault.unlock('admin1', pin)).toEqual({ ok: false, code: 'account-locked', triesLeft: 0 })
    const reset = await runAct(site.context, ADMINISTRATOR, 'resetPin', { staffId: 'ADMIN1' as StaffId, pin: '475829' })
    expect(reset.ok).toBe(true)
    await tablet.joined.sync.syncNow()
    expect(await tablet.joined.vault.unlock('admin1', '475829')).toMatchObject({ ok: true })
  })

  it('forgets failed tries after a right one', async () => {
    await tablet.joined.vault.unlock('admin1', '000001')
    await tablet.joined.vault.unlock('admin1', pin)
    expect(await tablet.joined.vault.unlock('admin1', '000001')).toMatchObject({ triesLeft: 9 })
  })

  it('says who is unknown, and that nobody can sign in on a kiosk', async () => {
    expect(await tablet.joined.vault.unlock('nobody', pin)).toEqual({ ok: false, code: 'account-unknown' })
    const kiosk = await joinTablet(site, { random: seededRandom(2), purpose: 'kiosk' })
    await kiosk.joined.sync.syncNow()
    expect(await kiosk.joined.vault.unlock('admin1', pin)).toEqual({ ok: false, code: 'no-staff-on-device' })
  })

  it('leaves no name, number or note readable on the disk, open or locked', async () => {
    const { vault, sync } = tablet.joined
    await vault.unlock('admin1', pin)
    await vault.refresh(() => undefined)
    await vault.addNote('N1', '胃病复发')
    await tablet.joined.ledger.record({ name: 'registerWishes', body: { traineeId: traineeIdOf(1), wishes: [] } })
    await sync.syncNow()
    const { text, tables } = await dumpDisk(tablet.browser)
    expect(tables).toEqual(expect.arrayContaining(['journal', 'segments', 'snapshots', 'privateRows', 'meta']))
    expect(text).toContain(traineeIdOf(1))
    for (const secret of ['阿依古丽', nameOf(1), numberOf(1), '34010019900307002X', '胃病', 'ayiguli', pin])
      expect(text).not.toContain(secret)
  })

  it('sends notes sealed, and another tablet opens them', async () => {
    await tablet.joined.vault.unlock('admin1', pin)
    await tablet.joined.vault.addNote('N1', '胃病复发')
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBe(null)
    const other = await joinTablet(site, { random: seededRandom(3) })
    await other.joined.sync.syncNow()
    await other.joined.vault.unlock('admin1', pin)
    await other.joined.vault.refresh(() => undefined)
    expect(other.joined.vault.rows.get('note|N1')?.content).toEqual({ text: '胃病复发' })
  })
})

describe('a trainee’s card', () => {
  let site: TestServer
  let kiosk: TestTablet
  let code: string
  beforeEach(async () => {
    site = await startTestServer({ listens: false })
    await foundTestFacility(site)
    await seedClass(site, 3)
    await seedPeople(site, 3)
    code = (await makeCodes(site, 1)).get(traineeIdOf(1)) ?? ''
    kiosk = await joinTablet(site, { random: seededRandom(1), purpose: 'kiosk' })
    await kiosk.joined.sync.syncNow()
  })
  afterEach(() => site.stop())

  it('opens by number and code, small letters too, and shows his own state', async () => {
    expect(await kiosk.joined.cards.open(' z0001 ', code)).toMatchObject({
      ok: true,
      card: { traineeId: traineeIdOf(1), displayName: nameOf(1) },
    })
  })

  it('answers a wrong number and a wrong code alike, and locks at the tenth until staff let it be tried again', async () => {
    expect(await kiosk.joined.cards.open('Z0002', code)).toEqual({ ok: false, code: 'no-match' })
    for (let tries = 1; tries <= 9; tries += 1)
      expect(await kiosk.joined.cards.open('Z0001', '000000')).toEqual({ ok: false, code: 'no-match' })
    await kiosk.reload()
    expect(await kiosk.joined.cards.open('Z0001', '000000')).toEqual({ ok: false, code: 'locked' })
    expect(await kiosk.joined.cards.open('Z0001', code)).toEqual({ ok: false, code: 'locked' })
    expect(await kiosk.joined.cards.lockedCount()).toBe(1)
    expect(await kiosk.joined.cards.unlock('Z0001')).toBe(true)
    expect(await kiosk.joined.cards.open('Z0001', code)).toMatchObject({ ok: true })
  })

  it('is not on a device that has none', async () => {
    const tablet = await joinTablet(site, { random: seededRandom(2), purpose: 'instructor' })
    await tablet.joined.sync.syncNow()
    expect(await tablet.joined.cards.open('Z0001', code)).toEqual({ ok: false, code: 'not-on-device' })
  })

  it('holds no name on the kiosk’s disk', async () => {
    await kiosk.joined.cards.open('Z0001', code)
    const { text } = await dumpDisk(kiosk.browser)
    for (const secret of ['阿依古丽', 'Z0001', code]) expect(text).not.toContain(secret)
  })
})
