import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActorId, ClassId, OccupationId, TraineeId } from '#contract/values.ts'
import type { TraineeCard } from '#contract/vault.ts'
import { OwnState } from '#contract/vault.ts'
import type { KnownDevice } from '#server/ledger/collections.ts'
import { loadFamily } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import { onDay, testify } from '#server/seed/demonstration/stage.ts'
import { cardBook } from '#server/vault/cards.ts'
import { fromBase64Url, open, openJson } from '#server/vault/cipher.ts'
import { deriveKey } from '#server/vault/key-derivation.ts'
import { readVaultRows } from '#server/vault/vault-rows.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { type SeededFacility, seedFacility } from '../seed/seeded-facility.ts'

const device = { deviceSecret: Buffer.alloc(32, 4).toString('base64url'), purpose: 'kiosk' } as KnownDevice
let facility: SeededFacility
let context: ServerContext
const write = <Value>(work: Parameters<typeof context.store.transaction<Value>>[1]) =>
  context.store.transaction(context.facilityId, work)
const list = (at: ServerContext = context) => write((tx) => cardBook.list(tx, at, device))

async function cardOf(facilityNumber: string): Promise<{ key: string; row: TraineeCard }> {
  const keys = (await list()).map(({ key }) => key)
  const rows = await write((tx) => cardBook.fetch(tx, context, device, keys))
  const lookup = createHmac('sha256', fromBase64Url(device.deviceSecret)).update(facilityNumber).digest('base64url')
  const found = rows.find(({ row }) => row.lookup === lookup)
  if (found === undefined) throw new Error('no card')
  return found
}

async function openCard(row: TraineeCard, secret: string): Promise<OwnState | null> {
  const cardKey = open(
    await deriveKey(secret, row.cost),
    fromBase64Url(row.keyIv),
    'card-key',
    fromBase64Url(row.wrapped),
  )
  return cardKey === null
    ? null
    : OwnState.parse(openJson(cardKey, fromBase64Url(row.iv), `card|${row.revision}`, fromBase64Url(row.sealed)))
}

async function traineeOf(facilityNumber: string): Promise<TraineeId> {
  const people = await context.store.read(context.facilityId, (view) =>
    readVaultRows(view, context.vaultKey, 'trainee'),
  )
  return ([...people.values()].find(({ content }) => content.facilityNumber === facilityNumber)?.id ?? '') as TraineeId
}

function codeOf(facilityNumber: string): string {
  const { trainees } = JSON.parse(readFileSync(join(facility.dataDir, 'demo-accounts.json'), 'utf8'))
  return trainees.find((one: { facilityNumber: string }) => one.facilityNumber === facilityNumber)?.code ?? ''
}

describe('the cards of the demonstration', () => {
  beforeAll(async () => {
    facility = await seedFacility({ withCards: true })
    context = facility.context
  })
  afterAll(() => facility.close())

  it('open with number and code and show his own state only', async () => {
    expect((await list()).length).toBe(238)
    const { row } = await cardOf('Z0001')
    expect(await openCard(row, 'Z0001:000000')).toBeNull()
    const own = await openCard(row, `Z0001:${codeOf('Z0001')}`)
    expect(own?.trainingClass).toMatchObject({ phase: 'sealed', outcome: 'passed' })
    expect(own?.certificates).toMatchObject([{ certificateKind: 'training', issuerName: '示例职业培训学校' }])
    expect(own?.trainingClass?.attendedMinutes).toBeLessThanOrEqual(own?.trainingClass?.taughtMinutes ?? 0)
  })

  it("keep the provider's name a certificate was issued with, whatever the provider is called later", async () => {
    const providers = await context.store.read(context.facilityId, (view) => loadFamily(view, 'provider'))
    const provider = providers.find(({ state }) => state.name === '示例职业培训学校')?.state
    if (provider?.providerId == null) throw new Error('no provider')
    const { keys: _keys, code: _code, ...known } = provider
    const rename = (name: string) => runAct(context, SERVER_ACTOR, 'changeProvider', { ...known, name } as never)
    expect((await rename('改了名的学校')).ok).toBe(true)
    const own = await openCard((await cardOf('Z0001')).row, `Z0001:${codeOf('Z0001')}`)
    expect(own?.certificates).toMatchObject([{ issuerName: '示例职业培训学校' }])
    expect((await rename('示例职业培训学校')).ok).toBe(true)
  })

  it('are resealed when an entry touches the person, and only his', async () => {
    const before = new Map((await list()).map(({ key, revision }) => [key, revision]))
    const traineeId = await traineeOf('Z0010')
    const wishes = [{ occupationId: 'welder' as OccupationId, skillLevel: 4 as const, reason: 'experience' as const }]
    const self = { actorId: traineeId as string as ActorId, role: 'trainee' } as const
    await write((tx) => testify(tx, context, self, 'registerWishes', { traineeId, wishes }))
    const { key, row } = await cardOf('Z0010')
    expect((await openCard(row, `Z0010:${codeOf('Z0010')}`))?.wishes).toEqual(wishes)
    const changed = (await list()).filter((card) => before.get(card.key) !== card.revision)
    expect(changed).toEqual([{ key, revision: (before.get(key) ?? 0) + 1 }])
  })

  it('are resealed for a whole class when its lesson is marked', async () => {
    const before = new Map((await list()).map(({ key, revision }) => [key, revision]))
    const classes = await context.store.read(context.facilityId, (view) => loadFamily(view, 'class'))
    const running = classes.find(
      ({ state }) => state.phase === 'open' && state.sessions.some(({ on }) => on === context.clock.today()),
    )?.state
    const session = running?.sessions.find(({ on }) => on === context.clock.today())
    const count = {
      classId: running?.plan?.classId as ClassId,
      sessionId: session?.sessionId as never,
      expectedCount: 1,
      markedPresentCount: 1,
      spokenCount: 1,
      differenceReason: null,
    }
    await write((tx) => testify(tx, context, SERVER_ACTOR, 'confirmHeadCount', count))
    const changed = (await list()).filter((card) => before.get(card.key) !== card.revision)
    expect(changed.length).toBeGreaterThan(20)
    expect(changed.length).toBeLessThan(40)
  })

  it('stay as they are on a new day on which nothing changes for the person, and follow eligibility where it does', async () => {
    const before = new Map((await list()).map(({ key, revision }) => [key, revision]))
    const tomorrow = onDay(context, addDays(context.clock.today(), 1))
    const changed = (await list(tomorrow)).filter((card) => before.get(card.key) !== card.revision)
    // The planted edges move: too young today, a year exactly, the last day of a working age.
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.length).toBeLessThan(10)
    await list()
  })

  it('are taken away when the person leaves, and a new code closes the old one', async () => {
    const traineeId = await traineeOf('Z0020')
    const { key } = await cardOf('Z0020')
    const remade = await runAct(context, SERVER_ACTOR, 'makeTraineeCodes', { traineeIds: [traineeId] })
    const code = remade.ok ? remade.value.codes?.[0]?.code : ''
    const { key: sameKey, row } = await cardOf('Z0020')
    expect(sameKey).toBe(key)
    expect(await openCard(row, `Z0020:${codeOf('Z0020')}`)).toBeNull()
    expect((await openCard(row, `Z0020:${code}`))?.traineeId).toBe(traineeId)
    await runAct(context, SERVER_ACTOR, 'recordDeparture', {
      traineeId,
      leftOn: context.clock.today(),
      reason: 'released',
    })
    expect((await list()).some((card) => card.key === key)).toBe(false)
  })
})
