// Deciders of the end of a class: completed, sealed, supplemented.
import { canonicalText, hashText } from '#contract/canonical.ts'
import type { ActBody } from '#contract/commands/acts.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { ClassId, Hash, StaffId } from '#contract/values.ts'
import type { FacilityState, StaffState } from '../access/state.ts'
import type { AssessmentState } from '../assessment/state.ts'
import { taughtMinutes } from '../attendance/hours.ts'
import type { SessionState } from '../attendance/state.ts'
import type { RosterState } from '../enrollment/state.ts'
import type { Decider, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import { currentOutcomes } from '../training-class/outcomes.ts'
import type { ClassState } from '../training-class/state.ts'
import { completionItems } from './check-list.ts'
import type { ClassRecord, JudgedClass } from './class-record.ts'
import { computeOutcomes, openFindings, plannedMinutes } from './class-record.ts'

interface Reads {
  facility: FacilityState
  staff: StaffState
  class: ClassState
  roster: RosterState
  session: SessionState
  assessment: AssessmentState
}

/** The streams a class's record is read from. */
function recordStreams({ classId }: { readonly classId: ClassId }, read: StateReader<Reads>): readonly StreamId[] {
  const { sessions } = read.state('class', `class/${classId}`)
  const lessons = sessions.map(({ sessionId }) => `class/${classId}/session/${sessionId}`)
  return ['facility', `class/${classId}`, `class/${classId}/roster`, `class/${classId}/assessment`, ...lessons]
}

function readRecord(classId: ClassId, read: StateReader<Reads>): ClassRecord {
  const classState = read.state('class', `class/${classId}`)
  return {
    classState,
    roster: read.state('roster', `class/${classId}/roster`),
    sessions: classState.sessions.map((plan) => ({
      plan,
      state: read.state('session', `class/${classId}/session/${plan.sessionId}`),
    })),
    assessment: read.state('assessment', `class/${classId}/assessment`),
    rules: read.state('facility', 'facility').rules,
  }
}

function readJudged(classId: ClassId, read: StateReader<Reads>): JudgedClass {
  return { ...readRecord(classId, read), staff: read.all('staff').map(({ state }) => state) }
}

/**
 * Completes an open class whose check list is done, and fixes the outcomes. Nobody needs to have passed.
 * Refuses: class/unknown, class/wrong-phase, class/dates-reversed (before the last lesson), class/not-complete (`item` names the first open item).
 * @clause 4 @clause 7 @rule CLS-8
 */
export const completeClass: Decider<ActBody<'completeClass'>, Reads> = {
  families: ['staff'],
  needs: recordStreams,
  decide({ classId, completedOn }, read, context) {
    const record = readJudged(classId, read)
    const { phase, plan } = record.classState
    if (plan === null) return refused('class/unknown')
    if (phase !== 'open') return refused('class/wrong-phase')
    const open = completionItems(record).find(({ status }) => status !== 'done')
    if (open !== undefined) return refused('class/not-complete', { item: open.item, ...open.figures })
    const lastLesson = record.sessions.filter((session) => !session.plan.cancelled).at(-1)
    if (lastLesson !== undefined && completedOn < lastLesson.plan.on)
      return refused('class/dates-reversed', { on: lastLesson.plan.on })
    const body = {
      classId,
      completedOn,
      plannedMinutes: plannedMinutes(record.sessions),
      taughtMinutes: taughtMinutes(record.sessions),
      outcomes: [...computeOutcomes(record)],
    }
    return accepted([draftEntry('class.completed.v1', `class/${classId}`, body, context)])
  },
}

/** The hash a seal fixes: over the plan, the completion and the outcomes that hold now, in canonical form. @rule CLS-10 */
export function sealedContentHash(classState: ClassState): Hash {
  const { plan, completion } = classState
  const outcomes = currentOutcomes(classState)
  return hashText(canonicalText({ plan, completedOn: completion?.completedOn ?? null, outcomes }))
}

/**
 * Seals a completed class without open findings. The list of signers has room for both organisations; here the facility signs.
 * Refuses: class/unknown, class/wrong-phase, class/not-complete (findings). @rule CLS-10
 */
export const sealClass: Decider<ActBody<'sealClass'>, Reads> = {
  families: ['staff'],
  needs: recordStreams,
  decide({ classId }, read, context) {
    const record = readJudged(classId, read)
    if (record.classState.plan === null) return refused('class/unknown')
    if (record.classState.phase !== 'completed') return refused('class/wrong-phase')
    const unsettled = openFindings(record).length
    if (unsettled > 0) return refused('class/not-complete', { item: 'findings', unsettled })
    const signer = { staffId: context.actorId as string as StaffId, role: context.role, organisation: 'facility' }
    const body = { classId, contentHash: sealedContentHash(record.classState), signers: [signer] }
    return accepted([draftEntry('class.sealed.v1', `class/${classId}`, body, context)])
  },
}

/** Outcomes that resits or late scores have changed since: of those who had not passed, where the word is another now. @rule CLS-11 */
export function changedOutcomes(record: ClassRecord): readonly TraineeOutcome[] {
  const now = new Map(computeOutcomes(record).map((outcome) => [outcome.traineeId, outcome]))
  return currentOutcomes(record.classState).flatMap((before) => {
    const outcome = now.get(before.traineeId)
    const isChanged = before.outcome !== 'passed' && outcome !== undefined && outcome.outcome !== before.outcome
    return isChanged ? [outcome] : []
  })
}

/**
 * Adds a supplementary list to an ended class; the completion itself is never rewritten.
 * Refuses: class/unknown, class/wrong-phase, class/dates-reversed (before the completion), class/nothing-to-supplement.
 * @clause 4 @rule CLS-11
 */
export const supplementClass: Decider<ActBody<'supplementClass'>, Reads> = {
  needs: recordStreams,
  decide({ classId, supplementedOn }, read, context) {
    const record = readRecord(classId, read)
    const { plan, completion } = record.classState
    if (plan === null) return refused('class/unknown')
    if (completion === null) return refused('class/wrong-phase')
    if (supplementedOn < completion.completedOn) return refused('class/dates-reversed', { on: completion.completedOn })
    const outcomes = [...changedOutcomes(record)]
    if (outcomes.length === 0) return refused('class/nothing-to-supplement')
    return accepted([
      draftEntry('class.supplemented.v1', `class/${classId}`, { classId, supplementedOn, outcomes }, context),
    ])
  },
}
