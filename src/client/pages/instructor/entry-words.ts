import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RouteLocationRaw } from 'vue-router'
import type { Entry } from '#contract/envelope.ts'
import type { BodyOf, EntryKind } from '#contract/kind-registry.ts'
import type { ClassId, SessionId, TraineeId } from '#contract/values.ts'
import { formatClock } from '#client/components/format-time.ts'
import { useInstructorWords } from '#client/pages/instructor/instructor-words.ts'
import { type MyClass, useMyClasses } from '#client/stores/day-list-classes.ts'
import { usePeople } from '#client/stores/people.ts'
import { scoreText } from '#client/stores/score-sheet-text.ts'

/** An entry as a person reads it, and where he can look at it. */
export interface EntryWords {
  readonly what: string
  readonly where: string
  readonly at: string
  readonly to: RouteLocationRaw | null
}

type BodyIn<K extends EntryKind> = { readonly kind: K; readonly body: BodyOf<K> }
type Classroom =
  | BodyIn<'attendance.marked.v1'>
  | BodyIn<'attendance.head-counted.v1'>
  | BodyIn<'attendance.lesson-logged.v1'>
  | BodyIn<'attendance.made-up.v1'>
  | BodyIn<'assessment.scored.v1'>
  | BodyIn<'assessment.admitted.v1'>
  | BodyIn<'enrollment.wishes-registered.v1'>

/** Puts own entries into words: who, what, in which lesson. */
export function useEntryWords(): (entry: Entry) => EntryWords {
  const { t, locale } = useI18n({ useScope: 'global' })
  const { className, day, words } = useInstructorWords()
  const people = usePeople()
  const mine = useMyClasses()
  const classes = computed(() => new Map((mine.value ?? []).map((of) => [of.classId, of])))
  const nameOf = (id: TraineeId) => people.traineeOf(id)?.name ?? t('instructor.unknownName')

  function moduleTitle(of: MyClass | undefined, moduleId: string): string {
    const module = of?.syllabus?.modules.find((one) => one.moduleId === moduleId)
    return module ? words(module.title) : moduleId
  }
  function whatOf(entry: Classroom, of: MyClass | undefined): string {
    switch (entry.kind) {
      case 'attendance.marked.v1': {
        const { traineeId, mark, minutes, leaveReason } = entry.body
        const more = minutes !== null ? t('records.unit.minutes', { count: minutes }) : leaveReason === null ? '' : t(`records.leaveReason.${leaveReason}`)
        return t('instructor.entry.mark', { name: nameOf(traineeId), mark: t(`records.mark.${mark}`), more }).trim()
      }
      case 'attendance.head-counted.v1':
        return t('instructor.entry.headCount', { count: entry.body.spokenCount, expected: entry.body.expectedCount })
      case 'attendance.lesson-logged.v1':
        return t('instructor.entry.lesson', { title: moduleTitle(of, entry.body.moduleId), minutes: entry.body.theoryMinutes + entry.body.practicalMinutes })
      case 'attendance.made-up.v1':
        return t('instructor.entry.makeUp', { name: nameOf(entry.body.traineeId), minutes: entry.body.minutes })
      case 'assessment.scored.v1': {
        const { traineeId, part, result } = entry.body
        const score = 'word' in result ? t(`records.scoreWord.${result.word}`) : scoreText(result.scoreTenths)
        return t('instructor.entry.score', { name: nameOf(traineeId), part: t(`records.part.${part}`), score })
      }
      case 'assessment.admitted.v1':
        return t('instructor.entry.admitted', { name: nameOf(entry.body.traineeId) })
      default:
        return t('instructor.entry.wishes')
    }
  }
  function whereOf(entry: Entry, of: MyClass | undefined): string {
    const session = of?.state.sessions.find(({ sessionId }) => sessionId === entry.body['sessionId'])
    const lesson = session === undefined ? '' : `${day(session.on)} ${session.startsAt}`
    return [of ? className(of) : '', lesson].filter(Boolean).join(' · ')
  }
  function placeOf(entry: Entry): RouteLocationRaw | null {
    const { classId, sessionId } = entry.body as { classId?: ClassId; sessionId?: SessionId }
    if (classId === undefined) return null
    if (sessionId === undefined) return { name: 'instructor-scores', params: { classId } }
    const isLog = entry.kind === 'attendance.lesson-logged.v1'
    return { name: isLog ? 'instructor-lesson-log' : 'instructor-roll-call', params: { classId, sessionId } }
  }
  return (entry) => {
    const of = classes.value.get(entry.body['classId'] as ClassId)
    return { what: whatOf(entry as Entry & Classroom, of), where: whereOf(entry, of), at: formatClock(entry.recordedAt, locale.value), to: placeOf(entry) }
  }
}
