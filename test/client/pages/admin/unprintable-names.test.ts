// @vitest-environment happy-dom
// A name with a character no certificate can print: told before anything is issued, one person held back, corrected on his own page, and issued last.
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EffectScope } from 'vue'
import type { BodyOf } from '#contract/kind-registry.ts'
import { certificatesStream, classStream } from '#contract/streams.ts'
import type { Hash } from '#contract/values.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import { readVaultRow, writeVaultRow } from '#server/vault/vault-rows.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { CLASS_ID, seedClass, traineeIdOf } from '../../support/test-class.ts'
import { nameOf, seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet } from '../../support/test-tablet.ts'
import { openOffice, pageText, press, seen, signInAs, type } from './office-page.ts'

let site: TestServer
let scope: EffectScope
let pin = ''

/** Three who passed in a sealed class; the second has a name with a rare character. */
async function sealClass({ context, clock }: TestServer): Promise<void> {
  const on = clock.today()
  const outcomes = [1, 2, 3].map((index) => ({
    traineeId: traineeIdOf(index),
    outcome: 'passed' as const,
    attendedMinutes: 90,
    theoryTenths: 700,
    practicalTenths: 700,
  }))
  const completed: BodyOf<'class.completed.v1'> = {
    classId: CLASS_ID,
    completedOn: on,
    plannedMinutes: 90,
    taughtMinutes: 90,
    outcomes,
  }
  const sealed: BodyOf<'class.sealed.v1'> = {
    classId: CLASS_ID,
    contentHash: 'a'.repeat(64) as Hash,
    signers: [{ staffId: 'ADMIN1' as never, role: 'administrator', organisation: 'facility' }],
  }
  const draft = { stream: classStream(CLASS_ID), occurredOn: on, basedOn: null }
  const drafts: EntryDraft[] = [
    { ...draft, kind: 'class.completed.v1', body: completed },
    { ...draft, kind: 'class.sealed.v1', body: sealed },
  ]
  await context.store.transaction(context.facilityId, async (tx) => {
    await appendAsServer(tx, context, SERVER_ACTOR, drafts)
    const row = await readVaultRow(tx, context.vaultKey, 'trainee', traineeIdOf(2))
    if (row === null) throw new Error('no identity')
    const content = { ...row.content, name: '王𠮷' }
    await writeVaultRow(tx, context, { kind: 'trainee', id: traineeIdOf(2), content }, row.revision)
  })
}

beforeEach(async () => {
  localStorage.clear()
  site = await startTestServer({ listens: false })
  pin = (await foundTestFacility(site)).adminPin
  await seedClass(site, 3)
  await seedPeople(site, 3)
  await sealClass(site)
  const tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
  scope = openStores(tablet.core)
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

const holders = async () => {
  const state = await site.context.store.read(site.context.facilityId, (view) =>
    loadState(view, 'certificates', certificatesStream(CLASS_ID)),
  )
  return state.certificates.map(({ traineeId, number }) => [traineeId, number])
}

describe('a name no certificate can print', () => {
  it('holds up nobody else, is corrected on the person’s page, and gets the next number', async () => {
    const router = await openOffice(`/admin/classes/${CLASS_ID}/certificates`)
    await signInAs('admin1', pin)
    await seen('王𠮷（编号 Z0002）：姓名里的“𠮷”（U+20BB7）')
    await seen('可以发 2 张，编号 CSXX-2026-012-0001 到 CSXX-2026-012-0002。')
    await press('发证')
    await seen('发 2 张培训合格证书？')
    await seen('另有 1 人姓名里有字印不出来')
    await press('发证')
    await seen('合格 3 人，已有证书 2 张')
    expect(await holders()).toEqual([
      [traineeIdOf(1), 'CSXX-2026-012-0001'],
      [traineeIdOf(3), 'CSXX-2026-012-0002'],
    ])

    await router.push({ name: 'admin-person', params: { traineeId: traineeIdOf(2) }, query: { correct: 'name' } })
    await seen('更正姓名或身份证号')
    await seen('“𠮷”（U+20BB7）在证书上印不出来')
    await type('姓名 *', '王吉')
    expect(pageText()).not.toContain('“𠮷”（U+20BB7）在证书上印不出来')
    const choice = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === '生僻字改用规范字')
    choice?.querySelector('input')?.click()
    await flushPromises()
    await press('更正姓名')
    await seen('姓名，生僻字改用规范字，admin1')

    await router.push(`/admin/classes/${CLASS_ID}/certificates`)
    await seen('可以发 1 张，编号 CSXX-2026-012-0003 到 CSXX-2026-012-0003。')
    expect(pageText()).not.toContain('印不出来')
    await press('发证')
    await seen('发 1 张培训合格证书？')
    await press('发证')
    await seen('合格 3 人，已有证书 3 张')
    expect((await holders()).at(-1)).toEqual([traineeIdOf(2), 'CSXX-2026-012-0003'])
  })

  it('names the certificates that stay as they are when somebody who holds one is corrected', async () => {
    const router = await openOffice(`/admin/classes/${CLASS_ID}/certificates`)
    await signInAs('admin1', pin)
    await press('发证')
    await seen('发 2 张培训合格证书？')
    await press('发证')
    await seen('合格 3 人，已有证书 2 张')
    await router.push({ name: 'admin-person', params: { traineeId: traineeIdOf(1) } })
    await seen(nameOf(1))
    await press('更正姓名')
    await seen('已经发出的证书不受影响，仍是原来的姓名：CSXX-2026-012-0001')
  })
})
