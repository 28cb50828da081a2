// People just inside and just outside each edge of clause 2, on the day of the first start.
import type { WorkingAgeRow } from '#contract/kinds/facility.ts'
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import type { CalendarDate } from '#contract/values.ts'
import { addDays, addMonths, addYears, fullMonthsBetween } from '#domain/shared/calendar.ts'
import { EDGES_FROM } from './people.ts'

/** One planted person. `eligible` is what the law must say of him on the day itself. */
export interface EdgeCase {
  readonly key: string
  readonly facts: Partial<TraineeFacts>
  readonly departed: 'released' | 'transferred' | null
  readonly remark: string | null
  readonly eligible: boolean
}

/** The age row that holds on a day: the one that began last. */
function ageRowOn(rows: readonly WorkingAgeRow[], today: CalendarDate): WorkingAgeRow {
  const begun = rows.filter((row) => row.validFrom <= today).sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const row = begun.at(-1)
  if (row === undefined) throw new Error('no working-age row holds on the day of the demonstration')
  return row
}

/** The last birthday on which a person is so many months old today; found by looking, since months differ in length. */
function lastBirthdayOf(months: number, today: CalendarDate): CalendarDate {
  let day = addDays(addMonths(today, -months), 4)
  while (fullMonthsBetween(day, today) < months) day = addDays(day, -1)
  return day
}

/** The edges, in the order of their numbers from Z0201 on. */
export function edgeCases(today: CalendarDate, workingAge: readonly WorkingAgeRow[]): readonly EdgeCase[] {
  const row = ageRowOn(workingAge, today)
  const born = (months: number, daysLater: number): CalendarDate => addDays(lastBirthdayOf(months, today), daysLater)
  const edge = (
    key: string,
    eligible: boolean,
    facts: Partial<TraineeFacts>,
    more: Partial<EdgeCase> = {},
  ): EdgeCase => ({
    key,
    eligible,
    facts,
    departed: null,
    remark: null,
    ...more,
  })
  return [
    edge('term-one-day-under-a-year', true, { termEndsOn: addDays(addYears(today, 1), -1) }),
    edge('term-exactly-a-year', false, { termEndsOn: addYears(today, 1) }),
    edge('term-one-day-over-a-year', false, { termEndsOn: addDays(addYears(today, 1), 1) }),
    edge('term-ended-yesterday', false, { termEndsOn: addDays(today, -1) }),
    edge('term-ends-tomorrow', true, { termEndsOn: addDays(today, 1) }),
    edge('one-day-too-young', false, { bornOn: born(row.minimumMonths, 1) }),
    edge('old-enough-today', true, { bornOn: born(row.minimumMonths, 0) }),
    edge('man-one-day-below-the-limit', true, { sex: 'male', bornOn: born(row.maximumMonthsMale, 1) }),
    edge('man-at-the-limit', false, { sex: 'male', bornOn: born(row.maximumMonthsMale, 0) }),
    edge('woman-one-day-below-the-limit', true, { sex: 'female', bornOn: born(row.maximumMonthsFemale, 1) }),
    edge('woman-at-the-limit', false, { sex: 'female', bornOn: born(row.maximumMonthsFemale, 0) }),
    edge('not-work-capable', false, { workCapable: false }),
    edge('born-on-leap-day', true, { bornOn: '1992-02-29' as CalendarDate }),
    edge('released', false, { termEndsOn: addDays(today, 90) }, { departed: 'released' }),
    edge('transferred', false, { termEndsOn: addDays(today, 200) }, { departed: 'transferred' }),
    edge('no-identity-number', true, {}, { remark: '无身份证，身份由入所登记确认' }),
  ]
}

/** The number of an edge case's person. */
export function edgeOrdinal(index: number): number {
  return EDGES_FROM + index
}
