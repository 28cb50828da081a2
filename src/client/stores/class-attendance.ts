// The attendance of one class as hours: everything is counted from the marks each time.
import { computed } from 'vue'
import type { MarkRecord } from '#domain/attendance/state.ts'
import type { TraineeId } from '#contract/values.ts'
import {
  attendedMinutes,
  hasReachedMinimumHours,
  isHeld,
  madeUpMinutes,
  missedMinutes,
  taughtMinutes,
} from '#domain/attendance/hours.ts'
import { lookup } from '#domain/shared/lookup.ts'
import { type ClassDetail, type Lesson, useClassDetail } from '#client/stores/class-detail.ts'

/** One lesson of one person. `tone` follows the share of the lesson that counts. */
export interface AttendanceCell {
  readonly lesson: Lesson
  readonly record: MarkRecord | undefined
  readonly missed: number
  readonly madeUp: number
  readonly percent: number | null
}

/** One person over all lessons. Minutes; `percent` is rounded down, so that 79.9 never reads as 80, and null before any lesson was held. */
export interface AttendanceRow {
  readonly traineeId: TraineeId
  readonly cells: readonly AttendanceCell[]
  readonly attended: number
  readonly percent: number | null
  readonly enough: boolean
}

function cellOf(traineeId: TraineeId, lesson: Lesson, enrolledOn: Parameters<typeof missedMinutes>[2]): AttendanceCell {
  const missed = missedMinutes(traineeId, lesson, enrolledOn)
  const madeUp = madeUpMinutes(traineeId, lesson, enrolledOn)
  const percent = isHeld(lesson)
    ? Math.floor(((lesson.plan.minutes - missed + madeUp) / lesson.plan.minutes) * 100)
    : null
  return { lesson, record: lookup(lesson.state.marks, traineeId), missed, madeUp, percent }
}

export function useClassAttendance(given?: ClassDetail) {
  const detail = given ?? useClassDetail()
  const held = computed(() => detail.lessons.value.filter(isHeld))
  const taught = computed(() => taughtMinutes(detail.lessons.value))
  const rows = computed(() =>
    detail.members.value.map(({ traineeId, enrolledOn }): AttendanceRow => {
      const attended = attendedMinutes(traineeId, detail.lessons.value, enrolledOn)
      return {
        traineeId,
        cells: detail.lessons.value.map((lesson) => cellOf(traineeId, lesson, enrolledOn)),
        attended,
        percent: taught.value === 0 ? null : Math.floor((attended / taught.value) * 100),
        enough: hasReachedMinimumHours(attended, taught.value, detail.rules.value.attendanceThresholdPercent),
      }
    }),
  )
  return { detail, held, taught, rows, below: computed(() => rows.value.filter(({ enough }) => !enough)) }
}
