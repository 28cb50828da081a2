import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalText, hashText } from '#contract/canonical.ts'
import type { BodyOf } from '#contract/kind-registry.ts'
import { certificatesStream, providerStream } from '#contract/streams.ts'
import type { ActorId, ClassId, TraineeId } from '#contract/values.ts'
import { verifyClaim } from '#server/acts/certificate-signing.ts'
import { recordedEntry } from '#server/ledger/entry-text.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import type { Actor, ServerContext } from '#server/ledger/server-context.ts'
import { readVaultRow, readVaultRows } from '#server/vault/vault-rows.ts'
import { type SeededFacility, seedFacility } from '../seed/seeded-facility.ts'

let facility: SeededFacility
let context: ServerContext
beforeEach(async () => {
  facility = await seedFacility()
  context = facility.context
})
afterEach(() => facility.close())

const read = <Value>(work: Parameters<typeof context.store.read<Value>>[1]) =>
  context.store.read(context.facilityId, work)

async function classIn(phase: 'completed' | 'sealed'): Promise<ClassId> {
  const classes = await read((view) => loadFamily(view, 'class'))
  const found = classes.find(({ state }) => state.phase === phase)?.state.plan?.classId
  if (found === undefined) throw new Error(`no ${phase} class`)
  return found
}

async function administrator(): Promise<Actor> {
  const staff = await read((view) => loadFamily(view, 'staff'))
  const id = staff.find(({ state }) => state.account === 'admin1')?.state.staffId
  return { actorId: id as string as ActorId, role: 'administrator' }
}

async function issuedIn(classId: ClassId): Promise<readonly BodyOf<'certificate.issued.v1'>[]> {
  const stored = await read((view) => view.entries.ofStream(certificatesStream(classId)))
  return stored.map(recordedEntry).map(({ entry }) => entry.body as BodyOf<'certificate.issued.v1'>)
}

describe('issued certificates', () => {
  it('are numbered in order without a gap, and only for those who passed', async () => {
    const classId = await classIn('sealed')
    const issued = await issuedIn(classId)
    const state = await read((view) => loadState(view, 'class', `class/${classId}`))
    const passed = state.completion?.outcomes
      .filter(({ outcome }) => outcome === 'passed')
      .map(({ traineeId }) => traineeId)
    expect(issued.map(({ traineeId }) => traineeId)).toEqual(passed)
    const number = state.plan?.classNumber
    expect(issued.map((one) => one.number)).toEqual(
      issued.map((_one, index) => `WP-${number}-${String(index + 1).padStart(4, '0')}`),
    )
  })

  it("verify with the provider's public key, say what the vault says, and fail when anything is altered", async () => {
    for (const body of await issuedIn(await classIn('sealed'))) {
      const provider = await read((view) => loadState(view, 'provider', providerStream(body.providerId)))
      const publicKey = provider.keys.find(({ keyId }) => keyId === body.keyId)?.publicKey ?? ''
      const content = (await read((view) => readVaultRow(view, context.vaultKey, 'certificate', body.number)))?.content
      if (content === undefined) throw new Error('no content')
      const claim = verifyClaim(content.qrText, publicKey)
      expect(claim).toMatchObject({
        v: 1,
        kid: body.keyId,
        no: body.number,
        name: content.holderName,
        hours: content.classHours,
        issuer: provider.name,
      })
      expect(body.contentHash).toBe(hashText(canonicalText(content)))
      expect(content.qrText.endsWith(body.signature)).toBe(true)
      const [prefix, signed = '', signature = ''] = content.qrText.split('.')
      const other = Buffer.from(canonicalText({ ...claim, hours: content.classHours + 1 })).toString('base64url')
      expect(verifyClaim(`${prefix}.${other}.${signature}`, publicKey)).toBeNull()
      expect(verifyClaim(`${prefix}.${signed}.${signature.slice(0, -4)}AAAA`, publicKey)).toBeNull()
      expect(verifyClaim(`XC2.${signed}.${signature}`, publicKey)).toBeNull()
      expect(verifyClaim(content.qrText, Buffer.alloc(32, 9).toString('base64url'))).toBeNull()
    }
  })

  it('hold nothing of custody: no number of the facility, no word of it', async () => {
    const rows = await read((view) => readVaultRows(view, context.vaultKey, 'certificate'))
    expect(rows.size).toBeGreaterThan(10)
    for (const { content } of rows.values()) {
      const printed = `${Buffer.from(content.qrText.split('.')[1] ?? '', 'base64url').toString('utf8')} ${JSON.stringify(content)}`
      expect(printed).not.toMatch(/监狱|戒毒|监区|大队|Z0\d{3}/)
    }
  })

  it('are not made twice', async () => {
    const classId = await classIn('sealed')
    const again = await runAct(context, await administrator(), 'issueCertificates', {
      classId,
      issuedOn: context.clock.today(),
    })
    expect(again).toMatchObject({ ok: false, problem: { code: 'refused', refusal: 'certificate/none-to-issue' } })
  })
})

describe('a name the typeface lacks', () => {
  const issue = async (classId: ClassId) =>
    runAct(context, await administrator(), 'issueCertificates', { classId, issuedOn: context.clock.today() })
  const written = () =>
    read(async (view) => [
      await view.entries.headPosition(),
      await view.records.revisions('vault'),
      await view.records.revisions('providerKey'),
    ])

  /** A sealed class nobody holds a certificate of yet, and who passed, in the order of the roster. */
  async function sealedClass(): Promise<{ classId: ClassId; passed: readonly TraineeId[] }> {
    const classId = await classIn('completed')
    expect((await runAct(context, await administrator(), 'sealClass', { classId })).ok).toBe(true)
    const state = await read((view) => loadState(view, 'class', `class/${classId}`))
    const outcomes = state.completion?.outcomes ?? []
    return {
      classId,
      passed: outcomes.filter(({ outcome }) => outcome === 'passed').map(({ traineeId }) => traineeId),
    }
  }
  async function rename(traineeId: TraineeId, name: string): Promise<void> {
    const row = await read((view) => readVaultRow(view, context.vaultKey, 'trainee', traineeId))
    if (row === null) throw new Error('no such person')
    const { name: seenName, idNumber } = row.content
    const corrected = await runAct(context, await administrator(), 'correctIdentity', {
      traineeId,
      seen: { name: seenName, idNumber },
      name,
      idNumber,
      reason: 'rare-character',
    })
    expect(corrected.ok).toBe(true)
  }

  it('holds back that one person; the others get theirs without a gap, and he the next number once it is corrected', async () => {
    const { classId, passed } = await sealedClass()
    const third = passed[2] as TraineeId
    await rename(third, '赵𬎆')
    const first = await issue(classId)
    expect(first).toMatchObject({
      ok: true,
      value: { heldBack: [{ traineeId: third, character: '𬎆', codePoint: 'U+2C386' }] },
    })
    expect(JSON.stringify(first)).not.toContain('赵')
    const others = passed.filter((traineeId) => traineeId !== third)
    expect((await issuedIn(classId)).map(({ traineeId }) => traineeId)).toEqual(others)

    const before = await written()
    expect(await issue(classId)).toMatchObject({
      ok: false,
      problem: {
        code: 'glyph-missing',
        params: { field: 'holderName', index: 1, character: '𬎆', codePoint: 'U+2C386', count: 1 },
      },
    })
    expect(await written()).toEqual(before)

    await rename(third, '赵珉')
    expect(await issue(classId)).toMatchObject({ ok: true, value: { heldBack: [] } })
    const issued = await issuedIn(classId)
    expect(issued.map(({ traineeId }) => traineeId)).toEqual([...others, third])
    expect(issued.map(({ number }) => Number(number.slice(-4)))).toEqual(issued.map((_one, index) => index + 1))
    const last = await read((view) => readVaultRow(view, context.vaultKey, 'certificate', issued.at(-1)?.number ?? ''))
    expect(last?.content.holderName).toBe('赵珉')
    expect(await issue(classId)).toMatchObject({ ok: false, problem: { refusal: 'certificate/none-to-issue' } })
  })

  it('stops the whole class only where it stands on every certificate, says where, and writes nothing', async () => {
    const { classId } = await sealedClass()
    const plan = await read(async (view) => (await loadState(view, 'class', `class/${classId}`)).plan)
    const {
      providerId,
      keys: _keys,
      code: _code,
      ...provider
    } = await read((view) => loadState(view, 'provider', providerStream(plan?.providerId ?? ('' as never))))
    const change = async (name: string) =>
      runAct(context, await administrator(), 'changeProvider', { ...provider, providerId, name } as never)
    expect((await change('示例𠮷校')).ok).toBe(true)
    const before = await written()
    expect(await issue(classId)).toMatchObject({
      ok: false,
      problem: { code: 'glyph-missing', params: { field: 'issuerName', character: '𠮷', codePoint: 'U+20BB7' } },
    })
    expect(await written()).toEqual(before)
    expect((await change('示例新校')).ok).toBe(true)
    expect((await issue(classId)).ok).toBe(true)
  })
})

describe('a server that lost its provider key', () => {
  it('makes a new one, makes it known, and the former certificates still verify', async () => {
    const classId = await classIn('completed')
    const actor = await administrator()
    await runAct(context, actor, 'sealClass', { classId })
    await context.store.transaction(context.facilityId, async (tx) => {
      for (const { key, revision } of await tx.records.revisions('providerKey'))
        await tx.records.remove('providerKey', key, revision)
    })
    expect((await runAct(context, actor, 'issueCertificates', { classId, issuedOn: context.clock.today() })).ok).toBe(
      true,
    )
    const [issued] = await issuedIn(classId)
    const provider = await read((view) =>
      loadState(view, 'provider', providerStream(issued?.providerId ?? ('' as never))),
    )
    expect(provider.keys.length).toBe(2)
    expect(issued?.keyId).toBe(provider.keys[1]?.keyId)
  })
})
