// How long a class stays on the tablets it was taught with.
import type { CalendarDate } from '#contract/values.ts'
import { addDays, compareDates, shanghaiDayOf } from '#domain/shared/calendar.ts'
import type { ClassState } from './state.ts'

/** Days after the sealing in which resits and questions still come up in the classroom. */
export const DAYS_AFTER_SEALING = 30

/** Whether a class has left the tablets of instructors on a day: it was sealed, and the days after that are over. @rule SYN-1 */
export function hasLeftTablets({ seal }: Pick<ClassState, 'seal'>, today: CalendarDate): boolean {
  return seal !== null && compareDates(addDays(shanghaiDayOf(seal.sealedAt), DAYS_AFTER_SEALING), today) < 0
}
