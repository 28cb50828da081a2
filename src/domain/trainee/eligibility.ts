// Who may be trained: under one year of term left, of working age, able to work. @clause 2
import type { HouseRules, WorkingAgeRow } from '#contract/kinds/facility.ts'
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import type { CalendarDate } from '#contract/values.ts'
import { addDays, addMonths, addYears, fullMonthsBetween, laterOf } from '../shared/calendar.ts'
import type { RefusalCode } from '../shared/refusal.ts'

/** The answer about one person on one day. `reasons` in the order of the notice; `eligibleFrom` null when time alone will not help. */
export interface Eligibility {
  readonly eligible: boolean
  readonly reasons: readonly RefusalCode[]
  readonly eligibleFrom: CalendarDate | null
}

/** Whether less than one year is left: the term ends before the first anniversary of the day. Exactly one year is not under one year. @clause 2 @rule ELG-1 */
function isUnderOneYear(termEndsOn: CalendarDate, on: CalendarDate): boolean {
  return termEndsOn < addYears(on, 1)
}

/** The row of the working-age table that holds on a day (the first row before its own start). */
export function workingAgeRowOn(rows: readonly WorkingAgeRow[], on: CalendarDate): WorkingAgeRow | undefined {
  return rows.findLast((row) => row.validFrom <= on) ?? rows[0]
}

/** Whether the person is of working age: from the minimum age on, and until the day the maximum age is reached. @clause 2 @rule ELG-4 */
export function isOfWorkingAge(facts: TraineeFacts, on: CalendarDate, rules: HouseRules): boolean {
  const row = workingAgeRowOn(rules.workingAge, on)
  if (row === undefined) return false
  const months = fullMonthsBetween(facts.bornOn, on)
  return (
    months >= row.minimumMonths && months < (facts.sex === 'male' ? row.maximumMonthsMale : row.maximumMonthsFemale)
  )
}

function reasonsOn(facts: TraineeFacts, on: CalendarDate, rules: HouseRules): readonly RefusalCode[] {
  const reasons: RefusalCode[] = []
  if (!isUnderOneYear(facts.termEndsOn, on)) reasons.push('trainee/term-too-long')
  if (facts.termEndsOn < on) reasons.push('trainee/term-over')
  if (!isOfWorkingAge(facts, on, rules)) reasons.push('trainee/not-of-working-age')
  if (!facts.workCapable) reasons.push('trainee/not-work-capable')
  return reasons
}

/** The first day with less than one year of term left. */
function firstDayUnderOneYear(termEndsOn: CalendarDate): CalendarDate {
  let day = addDays(addYears(termEndsOn, -1), -2)
  while (!isUnderOneYear(termEndsOn, day)) day = addDays(day, 1)
  return day
}

/** The first day from `on` on which everything time can heal has healed, or null. */
function eligibleFrom(facts: TraineeFacts, on: CalendarDate, rules: HouseRules): CalendarDate | null {
  const row = workingAgeRowOn(rules.workingAge, on)
  if (row === undefined) return null
  const grownUpOn = addMonths(facts.bornOn, row.minimumMonths)
  const day = [firstDayUnderOneYear(facts.termEndsOn), grownUpOn].reduce(laterOf, on)
  return reasonsOn(facts, day, rules).length === 0 ? day : null
}

/**
 * Says whether a person may be trained on a day, why not, and from which day on he may (the asked day itself when he may already).
 * The last day of the term still counts. Which day is asked about is the caller's: for a class it is its first planned day.
 * Reasons: trainee/term-too-long, trainee/term-over, trainee/not-of-working-age, trainee/not-work-capable.
 * @clause 2 @rule ELG-3 @rule ELG-5 (house rule D-0004)
 */
export function judgeEligibility(facts: TraineeFacts, on: CalendarDate, rules: HouseRules): Eligibility {
  const reasons = reasonsOn(facts, on, rules)
  if (reasons.length === 0) return { eligible: true, reasons, eligibleFrom: on }
  return { eligible: false, reasons, eligibleFrom: eligibleFrom(facts, on, rules) }
}
