// Correcting one person: the vault says the new name, the ledger only that it was corrected, and nothing issued before changes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { certificatesStream, traineeStream } from '#contract/streams.ts'
import type { ActBody } from '#contract/commands/acts.ts'
import type { ActorId, TraineeId } from '#contract/values.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import type { Actor, ServerContext } from '#server/ledger/server-context.ts'
import { readVaultRow, readVaultRows } from '#server/vault/vault-rows.ts'
import { type SeededFacility, seedFacility } from '../seed/seeded-facility.ts'

let facility: SeededFacility
let context: ServerContext
let actor: Actor
beforeEach(async () => {
  facility = await seedFacility()
  context = facility.context
  const staff = await read((view) => loadFamily(view, 'staff'))
  const id = staff.find(({ state }) => state.account === 'admin1')?.state.staffId
  actor = { actorId: id as string as ActorId, role: 'administrator' }
})
afterEach(() => facility.close())

const read = <Value>(work: Parameters<typeof context.store.read<Value>>[1]) =>
  context.store.read(context.facilityId, work)
const head = () => read((view) => view.entries.headPosition())

/** Somebody with a certificate, and its number. */
async function holder(): Promise<{ traineeId: TraineeId; number: string }> {
  const classes = await read((view) => loadFamily(view, 'class'))
  const classId = classes.find(({ state }) => state.phase === 'sealed')?.state.plan?.classId
  const state = await read((view) => loadState(view, 'certificates', certificatesStream(classId as never)))
  const [first] = state.certificates
  if (first === undefined) throw new Error('no certificate')
  return first
}
const identityOf = async (traineeId: TraineeId) => {
  const row = await read((view) => readVaultRow(view, context.vaultKey, 'trainee', traineeId))
  if (row === null) throw new Error('no identity')
  return row.content
}
async function correct(traineeId: TraineeId, change: Partial<ActBody<'correctIdentity'>>, by: Actor = actor) {
  const { name, idNumber } = await identityOf(traineeId)
  const body = { traineeId, seen: { name, idNumber }, name, idNumber, reason: 'typing-error' as const, ...change }
  return runAct(context, by, 'correctIdentity', body)
}
const refusal = (code: string) => ({ ok: false, problem: { code: 'refused', refusal: code } })

describe('correcting an identity', () => {
  it('seals the new name with its sounds, tells who, why and when, and leaves the certificate as it was', async () => {
    const { traineeId, number } = await holder()
    const before = await identityOf(traineeId)
    const certificate = await read((view) => readVaultRow(view, context.vaultKey, 'certificate', number))
    const answer = await correct(traineeId, { name: ' 单 建国 ', reason: 'changed-by-law' })
    expect(answer).toMatchObject({ ok: true, value: { positions: [await head()] } })
    expect(await identityOf(traineeId)).toEqual({
      ...before,
      name: '单建国',
      pinyin: 'shan jian guo',
      initials: 'sjg',
    })
    const { identityCorrections } = await read((view) => loadState(view, 'trainee', traineeStream(traineeId)))
    expect(identityCorrections).toEqual([
      { fields: ['name'], reason: 'changed-by-law', on: context.clock.today(), actorId: actor.actorId },
    ])
    const after = await head()
    const [entry] = await read((view) => view.entries.feed({ after: after - 1, until: after, roots: null, limit: 1 }))
    expect(entry?.text).not.toMatch(/单建国/)
    expect(entry?.text).not.toContain(before.name)
    expect(await read((view) => readVaultRow(view, context.vaultKey, 'certificate', number))).toEqual(certificate)
  })

  it('writes nothing for what is there already, and never over what somebody else has just corrected', async () => {
    const { traineeId } = await holder()
    const { name, idNumber } = await identityOf(traineeId)
    const before = await head()
    expect(await correct(traineeId, {})).toMatchObject({ ok: true, value: { positions: [] } })
    expect((await correct(traineeId, { name: '某甲' })).ok).toBe(true)
    expect(await correct(traineeId, { seen: { name, idNumber }, name: '某乙' })).toMatchObject(
      refusal('trainee/identity-changed'),
    )
    // The same correction asked for twice, by two people who saw the same, is one.
    expect(await correct(traineeId, { seen: { name, idNumber }, name: '某甲' })).toMatchObject({ ok: true })
    expect([(await identityOf(traineeId)).name, await head()]).toEqual(['某甲', before + 1])
  })

  it('refuses a name no paper has, and an identity number that is wrong or another person’s', async () => {
    const { traineeId } = await holder()
    const others = await read((view) => readVaultRows(view, context.vaultKey, 'trainee'))
    const taken = [...others.values()].find(({ id, content }) => id !== traineeId && content.idNumber !== null)
    const before = [await head(), await identityOf(traineeId)]
    expect(await correct(traineeId, { name: '某?' })).toMatchObject(refusal('trainee/name-not-usable'))
    expect(await correct(traineeId, { name: '　' })).toMatchObject(refusal('trainee/name-not-usable'))
    expect(await correct(traineeId, { idNumber: '340100199001010012' })).toMatchObject(
      refusal('trainee/id-number-wrong'),
    )
    expect(await correct(traineeId, { idNumber: taken?.content.idNumber ?? '' })).toMatchObject(
      refusal('trainee/id-number-taken'),
    )
    expect(await correct(traineeId, { name: '某甲' }, { ...actor, role: 'officer' })).toMatchObject(
      refusal('access/not-allowed'),
    )
    expect([await head(), await identityOf(traineeId)]).toEqual(before)
  })

  it('takes an identity number as it is typed, small x included, and says that it was the number', async () => {
    const { traineeId } = await holder()
    expect((await correct(traineeId, { idNumber: '11010519491231002x' })).ok).toBe(true)
    expect((await identityOf(traineeId)).idNumber).toBe('11010519491231002X')
    const { identityCorrections } = await read((view) => loadState(view, 'trainee', traineeStream(traineeId)))
    expect(identityCorrections.at(-1)?.fields).toEqual(['idNumber'])
  })
})
