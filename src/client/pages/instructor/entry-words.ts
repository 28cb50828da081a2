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
  | BodyIn<'enrollment.wishes-registered.v2'>
  | BodyIn<'device.storage-overridden.v1'>

/** What an entry says. */
function useWhat(): (entry: Classroom, of: MyClass | undefined) => string {
  const { t } = useI18n({ useScope: 'global' })
  const { words } = useInstructorWords()
  const people = usePeople()
  const nameOf = (id: TraineeId) => people.traineeOf(id)?.name ?? t('instructor.unknownName')

  function moduleTitle(of: MyClass | undefined, moduleId: string): string {
    const module = of?.syllabus?.modules.find((one) => one.moduleId === moduleId)
    return module ? words(module.title) : moduleId
  }
  function markWords({ traineeId, mark, minutes, leaveReason }: BodyOf<'attendance.marked.v1'>): string {
    const reason = leaveReason === null ? '' : t(`records.leaveReason.${leaveReason}`)
    const more = minutes === null ? reason : t('records.unit.minutes', { count: minutes })
    return t('instructor.entry.mark', { name: nameOf(traineeId), mark: t(`records.mark.${mark}`), more }).trim()
  }
  function scoreWords({ traineeId, part, result }: BodyOf<'assessment.scored.v1'>): string {
    const score = 'word' in result ? t(`records.scoreWord.${result.word}`) : scoreText(result.scoreTenths)
    return t('instructor.entry.score', { name: nameOf(traineeId), part: t(`records.part.${part}`), score })
  }
  return ({ kind, body }, of) => {
    switch (kind) {
      case 'attendance.marked.v1':
        return markWords(body)
      case 'attendance.head-counted.v1':
        return t('instructor.entry.headCount', { count: body.spokenCount, expected: body.expectedCount })
      case 'attendance.lesson-logged.v1': {
        const minutes = body.theoryMinutes + body.practicalMinutes
        return t('instructor.entry.lesson', { title: moduleTitle(of, body.moduleId), minutes })
      }
      case 'attendance.made-up.v1':
        return t('instructor.entry.makeUp', { name: nameOf(body.traineeId), minutes: body.minutes })
      case 'assessment.scored.v1':
        return scoreWords(body)
      case 'assessment.admitted.v1':
        return t('instructor.entry.admitted', { name: nameOf(body.traineeId) })
      case 'device.storage-overridden.v1':
        return t('storage.entry')
      default:
        return t('instructor.entry.wishes')
    }
  }
}

/** Puts own entries into words: who, what, in which lesson. */
export function useEntryWords(): (entry: Entry) => EntryWords {
  const { locale } = useI18n({ useScope: 'global' })
  const { className, day } = useInstructorWords()
  const whatOf = useWhat()
  const mine = useMyClasses()
  const classes = computed(() => new Map((mine.value ?? []).map((of) => [of.classId, of])))

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
    return {
      what: whatOf(entry as Entry & Classroom, of),
      where: whereOf(entry, of),
      at: formatClock(entry.recordedAt, locale.value),
      to: placeOf(entry),
    }
  }
}
