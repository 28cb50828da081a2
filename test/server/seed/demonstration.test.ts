import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { traineeStream } from '#contract/streams.ts'
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import { isTrivialPin } from '#domain/access/trivial-pins.ts'
import { judgeEligibility } from '#domain/trainee/eligibility.ts'
import { checkIdNumber } from '#server/exchange/spreadsheet/id-number.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { findMissingGlyphs } from '#server/reports/paper/missing-glyphs.ts'
import { edgeCases, edgeOrdinal } from '#server/seed/demonstration/edge-cases.ts'
import { STAFF } from '#server/seed/demonstration/facility-cast.ts'
import { openSqliteStore } from '#server/storage/sqlite/sqlite-store.ts'
import { readVaultRows } from '#server/vault/vault-rows.ts'
import { type SeededFacility, seedFacility } from './seeded-facility.ts'

async function entriesOf({ context }: SeededFacility) {
  return context.store.read(context.facilityId, async (view) => {
    const head = await view.entries.headPosition()
    return view.entries.feed({ after: 0, until: head, roots: null, limit: head })
  })
}

async function peopleOf(context: ServerContext) {
  return context.store.read(context.facilityId, (view) => readVaultRows(view, context.vaultKey, 'trainee'))
}

describe('the demonstration', () => {
  let facility: SeededFacility
  const printed: string[] = []
  beforeAll(async () => {
    const keep = (...words: unknown[]) => void printed.push(words.join(' '))
    for (const name of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, name).mockImplementation(keep)
    facility = await seedFacility()
    vi.restoreAllMocks()
  })
  afterAll(() => facility.close())

  it('is the same twice: ids and hashes, in SQLite as in memory', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'xincheng-seed-')), 'ledger.sqlite')
    const again = await seedFacility({ store: await openSqliteStore(file) })
    const [first, second] = [await entriesOf(facility), await entriesOf(again)]
    expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
    expect(first.length).toBeGreaterThan(1000)
    await again.close()
  })

  it('shows one class in each state', async () => {
    const { context } = facility
    const classes = await context.store.read(context.facilityId, (view) => loadFamily(view, 'class'))
    const phases = classes.map(({ state }) => state.phase).sort()
    expect(phases).toEqual(['completed', 'open', 'open', 'open', 'planned', 'sealed'])
    const today = context.clock.today()
    const running = classes.filter(
      ({ state }) => state.phase === 'open' && state.sessions.some(({ on }) => on === today),
    )
    expect(running.length).toBe(2)
  })

  it('plants every edge of the law, each judged as planned on the day of the start', async () => {
    const { context } = facility
    const people = [...(await peopleOf(context)).values()]
    expect(people.length).toBe(240)
    const { rules } = await context.store.read(context.facilityId, (view) => loadState(view, 'facility', 'facility'))
    const today = context.clock.today()
    for (const [index, edge] of edgeCases(today, rules.workingAge).entries()) {
      const number = `Z${String(edgeOrdinal(index)).padStart(4, '0')}`
      const row = people.find(({ content }) => content.facilityNumber === number)
      const state = await context.store.read(context.facilityId, (view) =>
        loadState(view, 'trainee', traineeStream(row?.id as TraineeId)),
      )
      const isEligible =
        state.presence === 'present' && state.facts !== null && judgeEligibility(state.facts, today, rules).eligible
      expect([edge.key, isEligible]).toEqual([edge.key, edge.eligible])
    }
  })

  it.each(['2027-02-28', '2028-02-29', '2026-08-31', '2026-12-31'])('plants the edges right on %s too', (day) => {
    const today = day as CalendarDate
    const workingAge = [
      { validFrom: '1900-01-01' as CalendarDate, minimumMonths: 192, maximumMonthsMale: 725, maximumMonthsFemale: 665 },
    ]
    const rules = { attendanceThresholdPercent: 80, classHourMinutes: 45, seatCapDefault: 50, workingAge }
    const usual = { sex: 'male', bornOn: '1990-01-01', termEndsOn: today, workCapable: true } as Parameters<
      typeof judgeEligibility
    >[0]
    for (const edge of edgeCases(today, workingAge).filter(({ departed }) => departed === null)) {
      const { eligible } = judgeEligibility({ ...usual, ...edge.facts }, today, rules)
      expect([edge.key, eligible]).toEqual([edge.key, edge.eligible])
    }
  })

  it('gives everyone but one a valid fictional identity number, and nobody the same', async () => {
    const identities = [...(await peopleOf(facility.context)).values()].map(({ content }) => content)
    const numbers = identities.flatMap(({ idNumber }) => (idNumber === null ? [] : [idNumber]))
    expect(numbers.every((number) => checkIdNumber(number).ok && number.startsWith('340100'))).toBe(true)
    expect([numbers.length, new Set(numbers).size]).toEqual([239, 239])
  })

  it('plants exactly one name the certificate cannot print, outside of the finished classes', async () => {
    const { context } = facility
    const people = await peopleOf(context)
    const lacking: string[] = []
    for (const { id, content } of people.values())
      if ((await findMissingGlyphs(content.name)).length > 0) lacking.push(id)
    expect(lacking.length).toBe(1)
    const rosters = await context.store.read(context.facilityId, async (view) => {
      const classes = await loadFamily(view, 'class')
      const finished = classes
        .filter(({ state }) => state.phase === 'sealed' || state.phase === 'completed')
        .map(({ stream }) => `${stream}/roster`)
      return (await loadFamily(view, 'roster')).filter(({ stream }) => finished.includes(stream))
    })
    expect(rosters.flatMap(({ state }) => state.members).some(({ traineeId }) => traineeId === lacking[0])).toBe(false)
    const names = [...people.values()].map(({ content }) => content.name)
    expect(names.some((name) => name.includes('·'))).toBe(true)
    expect(names.some((name) => [...name].some((character) => (character.codePointAt(0) ?? 0) > 0xffff))).toBe(true)
  })

  it('writes no name and no number of a person into an entry, and prints none', async () => {
    const text = (await entriesOf(facility)).map((entry) => entry.text).join('\n')
    for (const { content } of (await peopleOf(facility.context)).values()) {
      expect(text.includes(content.name) && content.name.length > 1).toBe(false)
      expect(text.includes(`"${content.facilityNumber}"`)).toBe(false)
      expect(content.idNumber !== null && text.includes(content.idNumber)).toBe(false)
    }
    for (const { displayName } of STAFF) expect(text).not.toContain(displayName)
    expect(printed).toEqual([])
  })

  it('answers accounts whose PINs are not trivial, and writes the codes only for their reader', () => {
    expect(facility.accounts.map(({ account }) => account)).toEqual([
      'admin1',
      'admin2',
      'teacher1',
      'teacher2',
      'teacher3',
    ])
    expect(facility.accounts.some(({ pin }) => isTrivialPin(pin))).toBe(false)
    const path = join(facility.dataDir, 'demo-accounts.json')
    expect(existsSync(path) && statSync(path).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(path, 'utf8')).trainees.length).toBe(238)
  })
})

describe('the demonstration of a rehabilitation centre', () => {
  it('is founded as one and holds its own people', async () => {
    const facility = await seedFacility({ kind: 'rehabCenter' })
    const { context } = facility
    const state = await context.store.read(context.facilityId, (view) => loadState(view, 'facility', 'facility'))
    expect([state.facilityKind, state.demonstration, state.name]).toEqual(['rehabCenter', true, '示例强制隔离戒毒所'])
    const wards = [...(await peopleOf(context)).values()].map(({ content }) => content.ward)
    expect(wards.every((ward) => ward?.endsWith('大队'))).toBe(true)
    await facility.close()
  })
})
