import { describe, expect, it } from 'vitest'
import { type TraineeFacts, traineeKinds } from '#contract/kinds/trainee.ts'
import type { CalendarDate } from '#contract/values.ts'
import { defaultHouseRules } from '#domain/access/default-rules.ts'
import { addDays, addMonths } from '#domain/shared/calendar.ts'
import { isOfWorkingAge, judgeEligibility, workingAgeRowOn } from '#domain/trainee/eligibility.ts'

const day = (text: string) => text as CalendarDate
const schema = traineeKinds['trainee.admitted.v1'].shape.facts
const person = (change: object = {}): TraineeFacts =>
  schema.parse({ sex: 'male', bornOn: '1990-05-20', termEndsOn: '2026-12-31', workCapable: true, ...change })
const judge = (change: object, on: string) => judgeEligibility(person(change), day(on), defaultHouseRules)

describe('less than one year of term', () => {
  it.each([
    ['2026-03-10', '2027-03-09', [], '2026-03-10'],
    ['2026-03-10', '2027-03-10', ['trainee/term-too-long'], '2026-03-11'],
    ['2026-03-10', '2027-03-11', ['trainee/term-too-long'], '2026-03-12'],
    ['2024-02-29', '2025-02-28', [], '2024-02-29'],
    ['2024-02-29', '2025-03-01', ['trainee/term-too-long'], '2024-03-02'],
    ['2024-02-28', '2025-02-28', ['trainee/term-too-long'], '2024-02-29'],
    ['2024-03-01', '2025-02-28', [], '2024-03-01'],
    ['2023-02-28', '2024-02-29', ['trainee/term-too-long'], '2023-03-01'],
    ['2023-03-01', '2024-02-29', [], '2023-03-01'],
    ['2023-03-01', '2024-03-01', ['trainee/term-too-long'], '2023-03-02'],
    ['2026-03-10', '2031-07-01', ['trainee/term-too-long'], '2030-07-02'],
  ])('[ELG-1] on %s with a term to %s: %j, from %s', (on, termEndsOn, reasons, from) => {
    expect(judge({ termEndsOn }, on)).toEqual({ eligible: reasons.length === 0, reasons, eligibleFrom: from })
  })

  it.each([
    ['2026-03-10', '2026-03-10', []],
    ['2026-03-10', '2026-03-09', ['trainee/term-over']],
    ['2026-03-10', '2026-03-11', []],
  ])('[ELG-3] on %s with a term to %s: %j', (on, termEndsOn, reasons) => {
    expect(judge({ termEndsOn }, on).reasons).toEqual(reasons)
  })
})

describe('working age', () => {
  it.each([
    ['the day before the sixteenth birthday', '2010-03-11', '2026-03-10', false],
    ['the sixteenth birthday', '2010-03-10', '2026-03-10', true],
    ['born on 29 February, the day before', '2008-02-29', '2024-02-28', false],
    ['born on 29 February, sixteen', '2008-02-29', '2024-02-29', true],
  ])('[ELG-4] %s', (_name, bornOn, on, answer) => {
    expect(isOfWorkingAge(person({ bornOn }), day(on), defaultHouseRules)).toBe(answer)
  })

  it.each([
    ['male', '1964-12-31', '2024-12-30', true],
    ['male', '1964-12-31', '2024-12-31', false],
    ['male', '1965-01-15', '2025-02-14', true],
    ['male', '1965-01-15', '2025-02-15', false],
    ['female', '1969-12-01', '2024-11-30', true],
    ['female', '1969-12-01', '2024-12-01', false],
    ['female', '1970-05-10', '2025-07-09', true],
    ['female', '1970-05-10', '2025-07-10', false],
    ['male', '1980-01-01', '2042-12-31', true],
    ['male', '1980-01-01', '2043-01-01', false],
  ])('[ELG-4] %s born on %s, on %s: %s', (sex, bornOn, on, answer) => {
    expect(isOfWorkingAge(person({ sex, bornOn }), day(on), defaultHouseRules)).toBe(answer)
  })

  it('[ELG-4] the table by day agrees with the law by month of birth, for every month of the reform', () => {
    const bases = [
      { sex: 'male', firstBornOn: day('1965-01-01'), base: 720 },
      { sex: 'female', firstBornOn: day('1970-01-01'), base: 660 },
    ]
    for (const { sex, firstBornOn, base } of bases) {
      for (let month = -24; month < 200; month += 1) {
        const bornOn = addDays(addMonths(firstBornOn, month), 14)
        const steps = month < 0 ? 0 : Math.min(36, Math.floor(month / 4) + 1)
        const endsOn = addMonths(bornOn, base + steps)
        expect([bornOn, isOfWorkingAge(person({ sex, bornOn }), addDays(endsOn, -1), defaultHouseRules)]).toEqual([
          bornOn,
          true,
        ])
        expect([bornOn, isOfWorkingAge(person({ sex, bornOn }), endsOn, defaultHouseRules)]).toEqual([bornOn, false])
      }
    }
  })

  it('[ELG-4] the row that holds changes on the day it names', () => {
    const rows = defaultHouseRules.workingAge
    expect(workingAgeRowOn(rows, day('2024-12-31'))?.maximumMonthsMale).toBe(720)
    expect(workingAgeRowOn(rows, day('2025-01-01'))?.maximumMonthsMale).toBe(721)
    expect(workingAgeRowOn(rows, day('2025-05-31'))?.maximumMonthsMale).toBe(721)
    expect(workingAgeRowOn(rows, day('2025-06-01'))?.maximumMonthsMale).toBe(722)
    expect(workingAgeRowOn(rows.slice(1), day('2000-01-01'))?.maximumMonthsMale).toBe(721)
  })
})

describe('the day somebody becomes eligible', () => {
  it.each([
    ['already eligible', {}, '2026-03-10'],
    [
      'too young and the term too long: the later of the two',
      { bornOn: '2010-06-01', termEndsOn: '2027-05-01' },
      '2026-06-01',
    ],
    ['the term heals after the birthday', { bornOn: '2010-04-01', termEndsOn: '2027-08-01' }, '2026-08-02'],
    ['the term will be over before the birthday', { bornOn: '2010-06-01', termEndsOn: '2026-05-31' }, null],
    ['not able to work', { workCapable: false, termEndsOn: '2028-01-01' }, null],
    ['too old', { bornOn: '1960-01-01' }, null],
    ['too old when the term has become short enough', { bornOn: '1964-12-31', termEndsOn: '2031-01-01' }, null],
    ['the term is over', { termEndsOn: '2026-03-09' }, null],
    ['born on 29 February', { bornOn: '2012-02-29', termEndsOn: '2028-12-31' }, '2028-02-29'],
  ])('[ELG-5] %s', (_name, change, from) => {
    expect(judge(change, '2026-03-10').eligibleFrom).toBe(from)
  })

  it('[ELG-3] all reasons are named, in the order of the notice', () => {
    expect(judge({ termEndsOn: '2030-01-01', bornOn: '2015-01-01', workCapable: false }, '2026-03-10')).toEqual({
      eligible: false,
      reasons: ['trainee/term-too-long', 'trainee/not-of-working-age', 'trainee/not-work-capable'],
      eligibleFrom: null,
    })
  })

  it('[ELG-5] on that day he is eligible and on the day before he is not', () => {
    for (let step = 0; step < 800; step += 7) {
      const facts = person({
        termEndsOn: addDays(day('2026-12-01'), step),
        bornOn: addDays(day('2009-01-01'), step * 2),
      })
      const { eligibleFrom } = judgeEligibility(facts, day('2024-02-28'), defaultHouseRules)
      if (eligibleFrom === null) continue
      expect(judgeEligibility(facts, eligibleFrom, defaultHouseRules).eligible).toBe(true)
      expect(judgeEligibility(facts, addDays(eligibleFrom, -1), defaultHouseRules).eligible).toBe(false)
    }
  })
})
