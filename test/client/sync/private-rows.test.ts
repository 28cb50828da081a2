// Sealed rows follow the device's scope; waiting between tries grows and scatters.
import { afterEach, describe, expect, it } from 'vitest'
import { backoffMs } from '#client/sync/backoff.ts'
import { compareRows } from '#client/sync/private-rows.ts'
import { readPage } from '#client/sync/pull.ts'
import { writeVaultRow } from '#server/vault/vault-rows.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import type { CallFate } from '../support/site-fetch.ts'
import { seedClass, traineeIdOf } from '../support/test-class.ts'
import { numberOf, seedPeople } from '../support/test-people.ts'
import { joinTablet } from '../support/test-tablet.ts'

let site: TestServer
afterEach(() => site?.stop())

describe('sealed rows', () => {
  it('are fetched when new or newer, dropped when out of scope, left alone when the same', () => {
    const held = [
      { collection: 'vault', key: 'trainee|A1', revision: 1 },
      { collection: 'vault', key: 'trainee|A2', revision: 1 },
      { collection: 'card', key: 'A1', revision: 3 },
    ] as const
    const wanted = [
      { collection: 'vault', key: 'trainee|A1', revision: 2 },
      { collection: 'vault', key: 'trainee|A2', revision: 1 },
      { collection: 'staffKey', key: 'A1', revision: 3 },
    ] as const
    expect(compareRows(held, wanted)).toEqual({
      fetch: [
        { collection: 'vault', key: 'trainee|A1' },
        { collection: 'staffKey', key: 'A1' },
      ],
      drop: [{ collection: 'card', key: 'A1' }],
    })
  })

  it('come in portions, follow changes, and a fetch cut short is done again', async () => {
    site = await startTestServer({ listens: false })
    const { adminPin } = await foundTestFacility(site)
    await seedClass(site, 3)
    await seedPeople(site, 1200)
    let fate: CallFate = 'arrives'
    let fetches = 0
    const fateOf = (path: string): CallFate => {
      if (!path.startsWith('/api/sync/private/fetch')) return 'arrives'
      fetches += 1
      return fetches === 2 ? fate : 'arrives'
    }
    fate = 'answer-lost'
    const tablet = await joinTablet(site, { random: seededRandom(1), fateOf })
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status).toMatchObject({ online: false, trouble: 'offline' })
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.sync.status.trouble).toBe(null)
    await tablet.joined.vault.unlock('admin1', adminPin)
    await tablet.joined.vault.refresh(() => undefined)
    expect([...tablet.joined.vault.rows.values()].filter(({ kind }) => kind === 'trainee')).toHaveLength(1200)

    const content = {
      ...(tablet.joined.vault.rows.get(`trainee|${traineeIdOf(1)}`)?.content as object),
      name: '新名字',
      facilityNumber: numberOf(1),
    }
    await site.context.store.transaction(site.context.facilityId, (tx) =>
      writeVaultRow(tx, site.context, { kind: 'trainee', id: traineeIdOf(1), content: content as never }, 1),
    )
    await tablet.joined.sync.syncNow()
    await tablet.joined.vault.refresh(() => undefined)
    expect(tablet.joined.vault.rows.get(`trainee|${traineeIdOf(1)}`)?.content).toMatchObject({ name: '新名字' })
  })
})

describe('waiting', () => {
  it('begins at a second, ends at five minutes, and is never twice the same for everyone', () => {
    expect(backoffMs(1, () => 0)).toBe(500)
    expect(backoffMs(1, () => 0.999999)).toBe(1000)
    expect(backoffMs(5, () => 0.999999)).toBe(16_000)
    expect(backoffMs(60, () => 0.999999)).toBe(300_000)
    expect(backoffMs(60, () => 0)).toBe(150_000)
  })
})

describe('a pull answer', () => {
  it('that is not the facility’s is taken for no answer', () => {
    const header = JSON.stringify({ facilityId: 'F1', serverEpoch: 'E1', head: 3, cursor: 3, count: 1, more: false })
    expect(readPage(0, `${header}\n1 a b\n`, 'F1')).toMatchObject({ after: 0, lines: ['1 a b'] })
    for (const body of ['', '<html></html>', '{"facilityId":"F1"}', `${header}\n1 a b\n`]) {
      expect(() => readPage(0, body, 'F2')).toThrow(expect.objectContaining({ code: 'offline' }) as Error)
    }
    for (const cut of [header, `${header}\n`, `${header}\n1 a b`]) {
      expect(() => readPage(0, cut, 'F1')).toThrow(expect.objectContaining({ code: 'offline' }) as Error)
    }
  })
})
