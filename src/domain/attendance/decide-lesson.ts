// Deciders of the lesson itself: the head count, what was taught, and what was made up.
import type { BodyOf } from '#contract/kind-registry.ts'
import type { CatalogueState } from '../catalogue/state.ts'
import { memberOf } from '../enrollment/roster.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import { madeUpMinutes, missedMinutes } from './hours.ts'
import type { LessonReads } from './lesson-scope.ts'
import { findRunningLesson, lessonStreams } from './lesson-scope.ts'

/**
 * Confirms how many are in the room; confirming again replaces the number. A spoken number other than the marked one needs a reason.
 * Refuses: those of a running lesson, attendance/head-count-unexplained. @rule ATT-6
 */
export const confirmHeadCount: Decider<BodyOf<'attendance.head-counted.v1'>, LessonReads> = {
  needs: lessonStreams,
  decide(body, read, context) {
    const found = findRunningLesson(body, read, context)
    if (!found.ok) return found
    const { spokenCount, markedPresentCount, differenceReason } = body
    if (spokenCount !== markedPresentCount && differenceReason === null) {
      return refused('attendance/head-count-unexplained', { spokenCount, markedPresentCount })
    }
    const basedOn = found.value.state.headCount?.entryId ?? null
    return accepted([draftEntry('attendance.head-counted.v1', found.value.stream, body, context, basedOn)])
  },
}

/**
 * Logs what was taught of one module of the class's syllabus; logging the module again replaces it, zero minutes take it back. All modules
 * of a lesson together take no longer than the lesson.
 * Refuses: those of a running lesson, attendance/module-unknown, attendance/lesson-too-long. @clause 6 @rule ATT-13
 */
export const logLesson: Decider<BodyOf<'attendance.lesson-logged.v1'>, LessonReads & { catalogue: CatalogueState }> = {
  needs(body, read) {
    const { plan } = read.state('class', `class/${body.classId}`)
    return [...lessonStreams(body), ...(plan === null ? [] : [`catalogue/${plan.occupationId}`])]
  },
  decide(body, read, context) {
    const found = findRunningLesson(body, read, context)
    if (!found.ok) return found
    const { plan, session, state, stream } = found.value
    const { syllabi } = read.state('catalogue', `catalogue/${plan.occupationId}`)
    const syllabus = syllabi.find(({ syllabusId }) => syllabusId === plan.syllabusId)
    const isKnown = syllabus?.modules.some(({ moduleId }) => moduleId === body.moduleId) === true
    if (!isKnown) return refused('attendance/module-unknown')
    const others = state.lessons.filter(({ moduleId }) => moduleId !== body.moduleId)
    const minutes = [...others, body].reduce(
      (sum, { theoryMinutes, practicalMinutes }) => sum + theoryMinutes + practicalMinutes,
      0,
    )
    if (minutes > session.minutes)
      return refused('attendance/lesson-too-long', { minutes, sessionMinutes: session.minutes })
    const before = state.lessons.find(({ moduleId }) => moduleId === body.moduleId)
    return accepted([draftEntry('attendance.lesson-logged.v1', stream, body, context, before?.entryId ?? null)])
  },
}

/**
 * Makes up minutes a trainee missed in one lesson, no more than he missed, on the day of the lesson or later.
 * Refuses: those of a running lesson, attendance/not-on-roster, attendance/session-not-yet, attendance/nothing-to-make-up,
 * attendance/make-up-too-long. @rule ATT-10
 */
export const makeUpSession: Decider<BodyOf<'attendance.made-up.v1'>, LessonReads> = {
  needs: lessonStreams,
  decide(body, read, context) {
    const found = findRunningLesson(body, read, context)
    if (!found.ok) return found
    const { roster, session, state, stream } = found.value
    const member = memberOf(roster, body.traineeId)
    if (member === undefined || member.withdrawnOn !== null) return refused('attendance/not-on-roster')
    if (body.madeUpOn < session.on || body.madeUpOn > context.today)
      return refused('attendance/session-not-yet', { on: session.on })
    const held = { plan: session, state }
    const missed = missedMinutes(body.traineeId, held, member.enrolledOn)
    const left = missed - madeUpMinutes(body.traineeId, held, member.enrolledOn)
    if (left <= 0) return refused('attendance/nothing-to-make-up')
    if (body.minutes > left) return refused('attendance/make-up-too-long', { minutes: body.minutes, left })
    return accepted([draftEntry('attendance.made-up.v1', stream, body, context)])
  },
}
