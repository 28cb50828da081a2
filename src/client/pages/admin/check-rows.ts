import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useClassWords } from '#client/pages/admin/class-words.ts'
import { useClassAttendance } from '#client/stores/class-attendance.ts'
import type { ClassCompletionStore } from '#client/stores/class-completion.ts'
import { usePeople } from '#client/stores/people.ts'

/** One row of the completion check list: a light, what, the figures, and where to go. */
export interface CheckListRow {
  readonly key: string
  readonly label: string
  readonly state: 'ok' | 'soon' | 'late' | 'wait'
  readonly light: string
  readonly figures: string
  readonly detail: string
  readonly to: string
  readonly action: string
}

const NAMED_MAX = 3

/** Names of the first few people below the threshold with what they reached. */
function useBelowWords(completion: ClassCompletionStore): ComputedRef<string> {
  const { t } = useI18n({ useScope: 'global' })
  const people = usePeople()
  const attendance = useClassAttendance(completion.detail)
  return computed(() => {
    const named = attendance.below.value.slice(0, NAMED_MAX).map(({ traineeId, percent }) => t('office.check.belowOne', { name: people.traineeOf(traineeId)?.name ?? t('office.class.nameLocked'), percent: percent ?? 0 }))
    const list = named.join(t('office.class.and'))
    return attendance.below.value.length > NAMED_MAX ? t('office.check.belowMore', { list }) : list
  })
}

/** The rows of the check list in words. */
export function useCheckRows(completion: ClassCompletionStore): ComputedRef<readonly CheckListRow[]> {
  const { t } = useI18n({ useScope: 'global' })
  const words = useClassWords()
  const below = useBelowWords(completion)
  const { detail, items, figures, hours, deadline, settledCount } = completion
  const pages: Readonly<Record<string, string>> = { headCounts: 'attendance', attendance: 'timetable', hours: 'attendance', scores: 'scores', findings: 'findings', certificates: 'certificates' }

  function detailOf(item: string, numbers: Readonly<Record<string, number>>): string {
    const hour = detail.rules.value.classHourMinutes
    if (item === 'headCounts') return t('office.check.taught', { planned: words.hours(hours.value.planned, hour), taught: words.hours(hours.value.taught, hour) })
    if (item === 'hours') return below.value === '' ? t('office.check.belowNone') : `${below.value}${t('common.comma')}${t(numbers['below'] === 0 ? 'office.check.belowAdmitted' : 'office.check.belowHow')}`
    if (item === 'findings') return t('office.check.settled', { count: settledCount.value })
    return t(`office.check.detail.${item}`)
  }
  function figuresOf(item: string, numbers: Readonly<Record<string, number>>): string {
    if (item !== 'hours') return t(`office.check.figures.${item}`, numbers)
    if (numbers['below'] === 0 && numbers['admitted'] === 0) return t('office.check.nobodyBelow')
    const words = t('office.check.figures.hours', numbers)
    return numbers['unadmitted'] ? `${words}${t('common.comma')}${t('office.check.unadmitted', numbers)}` : words
  }
  const lawRows = computed(() =>
    items.value.map(({ item, status, figures: numbers }): CheckListRow => ({
      key: item,
      label: t(`office.check.label.${item}`, { percent: detail.rules.value.attendanceThresholdPercent }),
      state: status === 'done' ? 'ok' : status === 'open' ? 'soon' : 'wait',
      light: t(`office.check.light.${status}`),
      figures: figuresOf(item, numbers),
      detail: detailOf(item, numbers),
      to: `admin-class-${pages[item] ?? 'roster'}`,
      action: t(status === 'open' ? 'office.check.handle' : 'office.check.look'),
    })),
  )
  const resultRow = computed((): CheckListRow => ({
    key: 'result', label: t('office.check.label.result'), state: completion.isEnded.value ? 'ok' : 'wait', light: t(`office.check.light.${completion.isEnded.value ? 'done' : 'blocked'}`),
    figures: t('office.check.figures.result', { ...figures.value }), detail: t('office.check.sum', { ...figures.value }), to: 'admin-class-scores', action: t('office.check.look'),
  }))
  const deadlineRow = computed((): CheckListRow[] => {
    if (deadline.value === null) return []
    const { completedOn, dueOn, daysLeft } = deadline.value
    const left = daysLeft === null || dueOn === null ? t('office.deadline.unknown') : t(daysLeft < 0 ? 'office.deadline.past' : 'office.deadline.left', { count: Math.abs(daysLeft) })
    return [{
      key: 'deadline', label: t('office.check.label.deadline'), state: daysLeft === null || daysLeft < -5 ? 'wait' : daysLeft <= 2 ? 'late' : daysLeft <= 6 ? 'soon' : 'wait', light: left,
      figures: left, detail: t('office.check.dueOn', { completed: words.day(completedOn), due: dueOn === null ? '—' : words.day(dueOn) }), to: 'admin-class-papers', action: t('office.check.papers'),
    }]
  })
  return computed(() => [...lawRows.value.slice(0, -1), resultRow.value, ...deadlineRow.value, ...lawRows.value.slice(-1)])
}
