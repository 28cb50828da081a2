import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useClassWords } from '#client/pages/admin/class-words.ts'
import { deadlineLight, deadlineWords } from '#client/pages/admin/deadline-light.ts'
import { useShortfallWords } from '#client/pages/admin/shortfall-words.ts'
import { useClassAttendance } from '#client/stores/class-attendance.ts'
import type { ClassCompletionStore } from '#client/stores/class-completion.ts'
import { usePeople } from '#client/stores/people.ts'

/** One row of the completion check list: a light, what, the figures, and where to go. */
interface CheckListRow {
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
    const named = attendance.below.value.slice(0, NAMED_MAX).map(({ traineeId, percent }) =>
      t('office.check.belowOne', {
        name: people.traineeOf(traineeId)?.name ?? t('office.class.nameLocked'),
        percent: percent ?? 0,
      }),
    )
    const list = named.join(t('office.class.and'))
    return attendance.below.value.length > NAMED_MAX ? t('office.check.belowMore', { list }) : list
  })
}

const PAGES: Readonly<Record<string, string>> = {
  lessons: 'timetable',
  syllabus: 'timetable',
  headCounts: 'attendance',
  attendance: 'timetable',
  hours: 'attendance',
  scores: 'scores',
  findings: 'findings',
  certificates: 'certificates',
}
type Numbers = Readonly<Record<string, number>>

/** The lessons still to come, the first few by day and time, and what to do about them. */
function useLessonWords({ lessonsToCome, shortfall, isEnded }: ClassCompletionStore): ComputedRef<string> {
  const { t } = useI18n({ useScope: 'global' })
  const words = useClassWords()
  return computed(() => {
    const toCome = lessonsToCome.value
    const of = toCome.length > 0 ? toCome : shortfall.value.notOver
    if (of.length === 0) return t('office.check.lessonsOver')
    const named = of.slice(0, NAMED_MAX).map(({ on, startsAt }) => `${words.day(on)} ${startsAt}`)
    const list = named.join(t('office.class.and'))
    const lessons = of.length > NAMED_MAX ? t('office.check.belowMore', { list }) : list
    if (isEnded.value) return t('office.check.lessonsThen', { lessons })
    return t(toCome.length > 0 ? 'office.check.lessonsToCome' : 'office.check.lessonsNotOver', { lessons })
  })
}

/** The figures of one item, and the second line under them. */
function useItemWords(completion: ClassCompletionStore, below: ComputedRef<string>) {
  const { t } = useI18n({ useScope: 'global' })
  const words = useClassWords()
  const { detail, hours, settledCount } = completion
  const because = useShortfallWords(completion)
  const lessons = useLessonWords(completion)
  const classHours = (minutes: number) => words.hours(minutes, detail.rules.value.classHourMinutes)
  const syllabusDetail = ({ planned = 0, taught = 0 }: Numbers) => {
    if (because.value !== null) return because.value
    if (planned === 0) return t('office.check.syllabusUnknown')
    return t(taught < planned ? 'office.check.syllabusShort' : 'office.check.syllabusEnough')
  }
  function detailOf(item: string, numbers: Numbers): string {
    const { planned, taught } = hours.value
    if (item === 'lessons') return lessons.value
    if (item === 'syllabus') return syllabusDetail(numbers)
    if (item === 'headCounts')
      return t('office.check.taught', { planned: classHours(planned), taught: classHours(taught) })
    if (item === 'findings') return t('office.check.settled', { count: settledCount.value })
    if (item !== 'hours') return t(`office.check.detail.${item}`)
    if (below.value === '') return t('office.check.belowNone')
    const how = t(numbers['barred'] === 0 ? 'office.check.belowAdmitted' : 'office.check.belowHow')
    return `${below.value}${t('common.comma')}${how}`
  }
  function figuresOf(item: string, numbers: Numbers): string {
    if (item === 'lessons' && numbers['toCome']) return t('office.check.toCome', numbers)
    if (item === 'lessons' && numbers['notOver'] && !completion.isEnded.value) return t('office.check.notOver', numbers)
    if (item === 'syllabus') {
      const { planned = 0, taught = 0 } = numbers
      return t('office.check.figures.syllabus', { planned: classHours(planned), taught: classHours(taught) })
    }
    if (item !== 'hours') return t(`office.check.figures.${item}`, numbers)
    if (numbers['below'] === 0) return t('office.check.nobodyBelow')
    const said = t(numbers['admitted'] === 0 ? 'office.check.belowCount' : 'office.check.figures.hours', numbers)
    return numbers['unadmitted'] ? `${said}${t('common.comma')}${t('office.check.unadmitted', numbers)}` : said
  }
  return { detailOf, figuresOf }
}

/** The items of the law as rows. */
function useLawRows(completion: ClassCompletionStore): ComputedRef<readonly CheckListRow[]> {
  const { t } = useI18n({ useScope: 'global' })
  const { detail, items } = completion
  const { detailOf, figuresOf } = useItemWords(completion, useBelowWords(completion))
  return computed(() =>
    items.value.map(
      ({ item, status, figures }): CheckListRow => ({
        key: item,
        label: t(`office.check.label.${item}`, { percent: detail.rules.value.attendanceThresholdPercent }),
        state: status === 'done' ? 'ok' : status === 'blocked' ? 'wait' : 'soon',
        light: t(`office.check.light.${status}`),
        figures: figuresOf(item, figures),
        detail: detailOf(item, figures),
        to: `admin-class-${PAGES[item] ?? 'roster'}`,
        action: t(status === 'open' ? 'office.check.handle' : 'office.check.look'),
      }),
    ),
  )
}

/** By when the completed class has to be reported; no row before completion. */
function useDeadlineRows({ deadline }: ClassCompletionStore): ComputedRef<readonly CheckListRow[]> {
  const { t } = useI18n({ useScope: 'global' })
  const words = useClassWords()
  return computed(() => {
    if (deadline.value === null) return []
    const { completedOn, dueOn, daysLeft } = deadline.value
    const left = deadlineWords(t, daysLeft)
    const due = dueOn === null ? '—' : words.day(dueOn)
    return [
      {
        key: 'deadline',
        label: t('office.check.label.deadline'),
        state: deadlineLight(daysLeft),
        light: left,
        figures: left,
        detail: t('office.check.dueOn', { completed: words.day(completedOn), due }),
        to: 'admin-class-papers',
        action: t('office.check.papers'),
      },
    ]
  })
}

/** The rows of the check list in words: the law's items, the result, the deadline, and the certificates last. */
export function useCheckRows(completion: ClassCompletionStore): ComputedRef<readonly CheckListRow[]> {
  const { t } = useI18n({ useScope: 'global' })
  const law = useLawRows(completion)
  const deadlines = useDeadlineRows(completion)
  const result = computed((): CheckListRow => {
    const isEnded = completion.isEnded.value
    const figures = { ...completion.figures.value }
    return {
      key: 'result',
      label: t('office.check.label.result'),
      state: isEnded ? 'ok' : 'wait',
      light: t(`office.check.light.${isEnded ? 'done' : 'blocked'}`),
      figures: t('office.check.figures.result', figures),
      detail: t('office.check.sum', figures),
      to: 'admin-class-scores',
      action: t('office.check.look'),
    }
  })
  return computed(() => [...law.value.slice(0, -1), result.value, ...deadlines.value, ...law.value.slice(-1)])
}
