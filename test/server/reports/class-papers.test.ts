import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PaperName } from '#contract/paper.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import { completionCheckList } from '#domain/completion/check-list.ts'
import { membersOn } from '#domain/enrollment/roster.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { loadFamily } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import { classPaperOf } from '#server/reports/class-paper.ts'
import { type ClassSource, readClassSource } from '#server/reports/class-source.ts'
import { makeClassPaper } from '#server/reports/make-class-paper.ts'
import { onDay } from '#server/seed/demonstration/stage.ts'
import { type SeededFacility, seedFacility } from '../seed/seeded-facility.ts'
import { inspectPdf } from './paper-pdf-inspection.ts'

let facility: SeededFacility
let context: ServerContext
const ids = new Map<string, ClassId>()
beforeAll(async () => {
  facility = await seedFacility()
  context = facility.context
  const classes = await context.store.read(context.facilityId, (view) => loadFamily(view, 'class'))
  for (const { state } of classes) {
    if (state.plan === null) continue
    const isHalfWay =
      state.phase === 'open' &&
      state.plan.skillLevel === 5 &&
      state.sessions.some(({ on }) => on > context.clock.today())
    ids.set(
      isHalfWay && state.plan.startsOn < addDays(context.clock.today(), -10) ? 'half-way' : state.phase,
      state.plan.classId,
    )
  }
})
afterAll(() => facility.close())

const idOf = (key: string): ClassId => ids.get(key) ?? ('' as ClassId)

async function sourceOf(classId: ClassId): Promise<ClassSource> {
  const source = await context.store.read(context.facilityId, (view) => readClassSource(view, context, classId))
  if (source === null) throw new Error('no such class')
  return source
}

async function fileOf(key: string, paper: ReturnType<typeof PaperName.parse>) {
  const made = await makeClassPaper(context, idOf(key), paper)
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return made.value
}

const cellsOf = async (key: string, paper: ReturnType<typeof PaperName.parse>, sheet = 1) =>
  readSheet(Buffer.from((await fileOf(key, paper)).bytes), sheet, { trim: false })

describe('the papers of a sealed class', () => {
  it('name the facility as it is called now, and a certificate’s issuer as it was called then', async () => {
    const before = await sourceOf(idOf('sealed'))
    const renamed: ClassSource = {
      ...before,
      facility: { ...before.facility, name: '改了名的单位' },
      provider: { ...before.provider, name: '改了名的学校' },
    }
    const paper = classPaperOf(renamed, context.clock.today(), { withWithdrawn: false })
    expect([paper.facilityName, paper.providerName]).toEqual(['改了名的单位', '改了名的学校'])
    const issuers = new Set(paper.trainees.flatMap(({ certificates }) => certificates.map((one) => one.issuerName)))
    expect([...issuers]).toEqual([before.provider.name])
  })

  it('can all be made; no file name tells a person or a place', async () => {
    for (const paper of PaperName.options) {
      const file = await fileOf('sealed', paper)
      expect(file.fileName).toMatch(/^\d{4}-\d{3}-[a-z-]+\.(xlsx|pdf)$/)
      expect(file.bytes.byteLength).toBeGreaterThan(1000)
    }
  })

  it('print one certificate page for each who passed, in the order of the numbers', async () => {
    const source = await sourceOf(idOf('sealed'))
    const passed = source.classState.completion?.outcomes.filter(({ outcome }) => outcome === 'passed') ?? []
    const pdf = inspectPdf((await fileOf('sealed', 'certificates')).bytes)
    expect(pdf.pages.length).toBe(passed.length)
    for (const [index, { traineeId }] of passed.entries()) {
      expect(pdf.pages[index]?.text).toContain(source.people.get(traineeId)?.name)
      expect(pdf.pages[index]?.text).toContain(source.certificates.certificates[index]?.number)
      expect(pdf.pages[index]?.text).toContain('演示数据')
    }
  })

  it('carry scores, outcomes and certificate numbers as the ledger has them, and the proof', async () => {
    const source = await sourceOf(idOf('sealed'))
    const cells = await cellsOf('sealed', 'qualified')
    const passed = source.classState.completion?.outcomes.filter(({ outcome }) => outcome === 'passed') ?? []
    const rows = cells.filter((row) => typeof row[0] === 'number')
    expect(rows.length).toBe(passed.length)
    for (const [index, outcome] of passed.entries()) {
      const row = rows[index] ?? []
      const identity = source.people.get(outcome.traineeId)
      expect(row).toContain(identity?.name)
      expect(row).toContain(identity?.idNumber)
      expect(row).toContain((outcome.theoryTenths ?? 0) / 10)
      expect(row).toContain(source.certificates.certificates[index]?.number)
    }
    const paper = classPaperOf(source, context.clock.today(), { withWithdrawn: false })
    expect(paper.proofLine).toContain(String(source.proof.position))
    expect(paper.proofLine).toContain(source.classState.seal?.contentHash.slice(0, 16))
    expect(paper.demonstration).toBe(true)
  })

  it('[ASM-12] count who was expected, assessed and passed as the check list does; who was barred says so', async () => {
    for (const key of ['sealed', 'completed']) {
      const source = await sourceOf(idOf(key))
      const record = { ...source, rules: source.facility.rules, staff: [], syllabusMinutes: null }
      const items = completionCheckList(record, { today: context.clock.today() })
      const expected = items.find(({ item }) => item === 'scores')?.figures['members']
      const outcomes = (source.classState.completion?.outcomes ?? []).map(({ outcome }) => outcome)
      const assessed = outcomes.filter((outcome) => outcome !== 'notAssessed').length
      const passed = outcomes.filter((outcome) => outcome === 'passed').length
      const cells = await cellsOf(key, 'scores')
      const told = cells.flat().find((cell) => String(cell).startsWith('应考'))
      expect(told).toContain(`应考 ${expected} 人，参加考核 ${assessed} 人，合格 ${passed} 人（`)
      const barred = cells.filter((row) => row[3] === '未参加考核')
      expect(barred.length).toBe(outcomes.length - Number(expected))
      for (const row of barred) expect([row[4], row[5]]).toEqual(['未参加考核', '学时不足 80%，未准考'])
      if (key === 'sealed') expect(barred.length).toBeGreaterThan(0)
      expect(cells.flat()).toContain('缺考')
      expect(cells.flat()).not.toContain('--')
    }
  })

  it('[ASM-3] say beside his scores why somebody below the threshold was admitted', async () => {
    const admitted = await Promise.all(
      ['sealed', 'completed'].map(async (key) => {
        const { assessment } = await sourceOf(idOf(key))
        const cells = await cellsOf(key, 'scores')
        const told = cells.flat().filter((cell) => String(cell).includes('学时不足 80%，准考：'))
        expect(told.length).toBe(Object.keys(assessment.admissions).length)
        return told.length
      }),
    )
    expect(Math.max(...admitted)).toBeGreaterThan(0)
  })

  it('keep a month to a sheet, and each row adds up to the lessons of the month', async () => {
    const source = await sourceOf(idOf('sealed'))
    const months = [...new Set(source.sessions.map(({ plan }) => plan.on.slice(0, 7)))]
    expect(months.length).toBeGreaterThan(2)
    for (const [index, month] of months.entries()) {
      const lessons = source.sessions.filter(({ plan }) => plan.on.startsWith(month)).length
      const rows = (await cellsOf('sealed', 'attendance', index + 1)).filter((row) => typeof row[0] === 'number')
      expect(rows.length).toBe(source.roster.members.length)
      for (const row of rows)
        expect(row.slice(-4, -1).reduce<number>((sum, cell) => sum + Number(cell), 0)).toBe(lessons)
    }
  })
})

describe('a paper before its time', () => {
  it.each([
    ['planned', 'attendance'],
    ['half-way', 'qualified'],
    ['completed', 'certificates'],
  ] as const)('of a %s class: %s is refused with the phase', async (key, paper) => {
    const made = await makeClassPaper(context, idOf(key), paper)
    expect(made).toMatchObject({ ok: false, problem: { code: 'refused', refusal: 'class/wrong-phase' } })
  })

  it('is not found for a class nobody planned', async () => {
    expect(await makeClassPaper(context, 'nobody' as ClassId, 'roster')).toMatchObject({
      problem: { code: 'not-found' },
    })
  })

  it('is the roster of a planned class, in the order of enrollment', async () => {
    const source = await sourceOf(idOf('planned'))
    const rows = (await cellsOf('planned', 'roster')).filter((row) => typeof row[0] === 'number')
    expect(rows.map((row) => row[1])).toEqual(
      source.roster.members.map(({ traineeId }) => source.people.get(traineeId)?.name),
    )
  })
})

describe('someone who came late or left', () => {
  it('has empty boxes where he was not in the class, and no certificate paper names him after leaving', async () => {
    const classId = idOf('half-way')
    const before = await sourceOf(classId)
    const leaver = before.roster.members[1]?.traineeId as TraineeId
    const today = context.clock.today()
    await runAct(context, SERVER_ACTOR, 'withdrawTrainee', {
      classId,
      traineeId: leaver,
      withdrawnOn: addDays(today, -6),
      reason: 'illness',
    })
    const inNoClass = await context.store.read(context.facilityId, async (view) => {
      const taken = new Set(
        (await loadFamily(view, 'roster')).flatMap(({ state }) => state.members.map(({ traineeId }) => traineeId)),
      )
      return (await loadFamily(view, 'trainee')).find(({ state }) => {
        const { traineeId, facts, presence } = state
        if (traineeId === null || facts === null || presence !== 'present' || taken.has(traineeId)) return false
        return (
          facts.workCapable &&
          facts.bornOn < '1995-01-01' &&
          facts.bornOn > '1980-01-01' &&
          facts.termEndsOn > today &&
          facts.termEndsOn < addDays(today, 300)
        )
      })?.state.traineeId
    })
    const late = await runAct(onDay(context, addDays(today, -4)), SERVER_ACTOR, 'enrollTrainees', {
      classId,
      trainees: [{ traineeId: inNoClass as TraineeId, wishRank: null }],
    })
    expect(late.ok).toBe(true)
    const source = await sourceOf(classId)
    const paper = classPaperOf(source, today, { withWithdrawn: true })
    const held = paper.sessions.length
    for (const [place, member] of source.roster.members.entries()) {
      const trainee = paper.trainees[place]
      const inside = source.sessions.filter(
        ({ plan, state }) => state.headCount !== null && membersOn(source.roster, plan.on).includes(member),
      ).length
      const outside = trainee?.marks.filter(({ mark }) => mark === null).length ?? 0
      expect(outside).toBe(held - inside)
    }
    expect(paper.trainees[1]?.remark).toContain('退班')
    expect(classPaperOf(source, today, { withWithdrawn: false }).trainees.length).toBe(paper.trainees.length - 1)
    const firstSheetRows = (await cellsOf('half-way', 'attendance')).filter((row) => typeof row[0] === 'number')
    expect(firstSheetRows.length).toBe(paper.trainees.length)
  })
})
