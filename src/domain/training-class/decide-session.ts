// Decider of changing one lesson of a class.
import type { ActBody } from '#contract/commands/acts.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import type { ClassState } from './state.ts'
import { clashingClassNumber, hasClashWithin, refuseLesson } from './timetable.ts'

/**
 * Moves, cancels or adds a lesson while the class is planned or open. A lesson that is not in the plan is added; it cannot be cancelled.
 * Refuses: class/unknown, class/wrong-phase, class/session-unknown, class/session-past-midnight,
 * class/session-outside-dates, class/sessions-clash. @rule CLS-5
 */
export const changeSession: Decider<ActBody<'changeSession'>, { class: ClassState }> = {
  families: ['class'],
  needs: (body) => [`class/${body.classId}`],
  decide(body, read, context) {
    const stream = `class/${body.classId}`
    const { phase, plan, sessions } = read.state('class', stream)
    if (plan === null) return refused('class/unknown')
    if (phase !== 'planned' && phase !== 'open') return refused('class/wrong-phase')
    const isPlanned = sessions.some(({ sessionId }) => sessionId === body.session.sessionId)
    if (body.cancelled && !isPlanned) return refused('class/session-unknown')
    if (!body.cancelled) {
      const misplaced = refuseLesson(body.session, plan)
      if (misplaced !== null) return misplaced
      const others = sessions.filter((one) => !one.cancelled && one.sessionId !== body.session.sessionId)
      const classes = read.all('class').map(({ state }) => state)
      const clash = clashingClassNumber(plan, [body.session], classes)
      if (hasClashWithin([body.session, ...others]) && clash === null) {
        return refused('class/sessions-clash', { classNumber: plan.classNumber })
      }
      if (clash !== null) return refused('class/sessions-clash', { classNumber: clash })
    }
    return accepted([draftEntry('class.session-changed.v1', stream, body, context)])
  },
}
