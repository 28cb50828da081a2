// The six classes of the demonstration, one in each state, all dated from the day of the first start.
import type { CertificateKind, CalendarDate, OccupationId, SkillLevel } from '#contract/values.ts'
import { addDays, weekday } from '#domain/shared/calendar.ts'
import type { StaffKeyName } from './facility-cast.ts'
import type { PROVIDERS, ROOMS } from './facility-cast.ts'

/** How far a class has come. */
export type DemonstrationPhase = 'planned' | 'just-started' | 'half-way' | 'lessons-held' | 'completed' | 'sealed'

/** One class to be. Days are offsets from today; `members` are the first and last ordinal of its people. */
export interface DemonstrationClass {
  readonly phase: DemonstrationPhase
  readonly occupationId: OccupationId
  readonly skillLevel: SkillLevel
  readonly certificateKind: CertificateKind
  readonly providerKey: (typeof PROVIDERS)[number]['key']
  readonly instructorKey: StaffKeyName
  readonly roomKey: (typeof ROOMS)[number]['key']
  readonly startsAt: string
  readonly firstDay: number
  readonly everyDays: number
  readonly seatCap: number
  readonly members: readonly [number, number]
}

/** Each lesson is six class hours of 45 minutes. */
export const LESSON_MINUTES = 270

const training = { skillLevel: 5, certificateKind: 'training', startsAt: '08:30' } as const

/** In order of time, so that the ledger reads like a year. */
export const DEMONSTRATION_CLASSES: readonly DemonstrationClass[] = [
  {
    ...training,
    phase: 'sealed',
    occupationId: 'sewing-worker' as OccupationId,
    providerKey: 'wp',
    instructorKey: 'teacher2',
    roomKey: 'sewing',
    firstDay: -128,
    everyDays: 3,
    seatCap: 30,
    members: [1, 22],
  },
  {
    ...training,
    phase: 'completed',
    occupationId: 'chinese-cook' as OccupationId,
    providerKey: 'wp',
    instructorKey: 'teacher1',
    roomKey: 'kitchen',
    firstDay: -86,
    everyDays: 3,
    seatCap: 30,
    members: [23, 44],
  },
  {
    ...training,
    phase: 'lessons-held',
    occupationId: 'electrician' as OccupationId,
    certificateKind: 'skillLevel',
    providerKey: 'jg',
    instructorKey: 'teacher3',
    roomKey: 'hall',
    firstDay: -60,
    everyDays: 2,
    seatCap: 30,
    members: [45, 64],
  },
  {
    ...training,
    phase: 'half-way',
    occupationId: 'chinese-pastry-cook' as OccupationId,
    startsAt: '14:00',
    providerKey: 'wp',
    instructorKey: 'teacher2',
    roomKey: 'kitchen',
    firstDay: -36,
    everyDays: 3,
    seatCap: 40,
    members: [65, 92],
  },
  {
    ...training,
    phase: 'just-started',
    occupationId: 'welder' as OccupationId,
    providerKey: 'wp',
    instructorKey: 'teacher1',
    roomKey: 'sewing',
    firstDay: -1,
    everyDays: 1,
    seatCap: 40,
    members: [93, 116],
  },
  {
    ...training,
    phase: 'planned',
    occupationId: 'landscape-gardener' as OccupationId,
    skillLevel: 4,
    providerKey: 'jg',
    instructorKey: 'teacher3',
    roomKey: 'hall',
    firstDay: 14,
    everyDays: 2,
    seatCap: 30,
    members: [117, 128],
  },
]

const SUNDAY = 7

/** The lesson days of a class: every so many days, moved off Sundays, and one of them today where the class is running. */
export function lessonDays(plan: DemonstrationClass, count: number, today: CalendarDate): CalendarDate[] {
  const days = new Set<CalendarDate>()
  const isRunning = plan.phase === 'just-started' || plan.phase === 'half-way'
  for (let offset = plan.firstDay; days.size < count; offset += plan.everyDays) {
    const day = addDays(today, offset)
    days.add(weekday(day) === SUNDAY && day !== today ? nextFreeDay(day, days) : day)
    if (isRunning && offset < 0 && offset + plan.everyDays >= 0 && days.size < count) days.add(today)
  }
  return [...days].sort()
}

function nextFreeDay(sunday: CalendarDate, taken: ReadonlySet<CalendarDate>): CalendarDate {
  let day = addDays(sunday, 1)
  while (taken.has(day)) day = addDays(day, 1)
  return day
}
