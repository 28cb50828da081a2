// The house rules a facility starts with. The notice fixes none of these numbers; an administrator may change each of them.
import type { HouseRules, WorkingAgeRow } from '#contract/kinds/facility.ts'
import type { CalendarDate } from '#contract/values.ts'
import { addMonths } from '../shared/calendar.ts'

/** Sixteen years: the lower end of the working age. */
const MINIMUM_MONTHS = 16 * 12
const MAXIMUM_MALE_MONTHS = 60 * 12
const MAXIMUM_FEMALE_MONTHS = 55 * 12
const REFORM_STARTS_ON = '2025-01-01' as CalendarDate
/** 60 to 63 and 55 to 58, one month for each four months of birth. */
const REFORM_STEPS = 36

/**
 * The working ages by day. People born four months later retire one month later, so the age at which the last of them leaves rises by one
 * month every five months of the calendar, from 1 January 2025 to August 2039. For women in posts that end at 50 (rising to 55) an
 * administrator lowers the column; the ledger does not know a person's post.
 * @clause 2 @rule ELG-4 (house rule D-0008)
 */
export function defaultWorkingAge(): WorkingAgeRow[] {
  const before: WorkingAgeRow = {
    validFrom: '1900-01-01' as CalendarDate,
    minimumMonths: MINIMUM_MONTHS,
    maximumMonthsMale: MAXIMUM_MALE_MONTHS,
    maximumMonthsFemale: MAXIMUM_FEMALE_MONTHS,
  }
  const steps = Array.from({ length: REFORM_STEPS }, (_, index) => ({
    validFrom: addMonths(REFORM_STARTS_ON, index * 5),
    minimumMonths: MINIMUM_MONTHS,
    maximumMonthsMale: MAXIMUM_MALE_MONTHS + index + 1,
    maximumMonthsFemale: MAXIMUM_FEMALE_MONTHS + index + 1,
  }))
  return [before, ...steps]
}

/** Attendance 80 %, a class hour of 45 minutes, 50 seats: customary values. @rule ACC-3 */
export const defaultHouseRules: HouseRules = {
  attendanceThresholdPercent: 80,
  classHourMinutes: 45,
  seatCapDefault: 50,
  workingAge: defaultWorkingAge(),
}
