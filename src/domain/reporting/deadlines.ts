// By when a class's results have to be in the provincial system.
import type { CalendarDate } from '#contract/values.ts'
import { workingDayAfter, workingDaysBetween } from '../shared/working-days.ts'

/** Working days from the end of the completion assessment. */
const REPORTING_WORKING_DAYS = 10

/** The last day for entering a completed class: the tenth working day after the day of completion; null past the loaded calendar. @clause 4 @rule REP-1 */
export function reportingDueOn(completedOn: CalendarDate): CalendarDate | null {
  return workingDayAfter(completedOn, REPORTING_WORKING_DAYS)
}

/** Working days left on a day, the due day included: 0 on the due day, negative once it is past, null past the loaded calendar. @clause 4 @rule REP-3 */
export function reportingDaysLeft(completedOn: CalendarDate, today: CalendarDate): number | null {
  const dueOn = reportingDueOn(completedOn)
  if (dueOn === null) return null
  if (today <= dueOn) return workingDaysBetween(today, dueOn)
  const late = workingDaysBetween(dueOn, today)
  return late === null ? null : -late
}
