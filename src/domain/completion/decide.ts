// Deciders of the end of a class: completed, sealed, supplemented.
import { canonicalText, hashText } from '#contract/canonical.ts'
import type { ActBody } from '#contract/commands/acts.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { CompletionShortfall, TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { ClassId, Hash, StaffId } from '#contract/values.ts'
import type { FacilityState, StaffState } from '../access/state.ts'
import type { AssessmentState } from '../assessment/state.ts'
import { taughtMinutes } from '../attendance/hours.ts'
import type { SessionState } from '../attendance/state.ts'
import type { CatalogueState } from '../catalogue/state.ts'
import { syllabusMinutes } from '../catalogue/syllabus-minutes.ts'
import type { RosterState } from '../enrollment/state.ts'
import type { Decider, Moment, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import type { Result } from '../shared/result.ts'
import { accepted } from '../shared/result.ts'
import { currentOutcomes } from '../training-class/outcomes.ts'
import type { ClassState } from '../training-class/state.ts'
import { completionItems } from './check-list.ts'
import type { ClassRecord, EndingClass } from './class-record.ts'
import { computeOutcomes, openFindings, plannedMinutes } from './class-record.ts'
import { lessonsToCome, needsShortfall } from './shortfall.ts'

interface Reads {
  facility: FacilityState
  staff: StaffState
  class: ClassState
  roster: RosterState
  session: SessionState
  assessment: AssessmentState
  catalogue: CatalogueState
}

/** The streams a class's record is read from. */
function recordStreams({ classId }: { readonly classId: ClassId }, read: StateReader<Reads>): readonly StreamId[] {
  const { plan, sessions } = read.state('class', `class/${classId}`)
  const lessons = sessions.map(({ sessionId }) => `class/${classId}/session/${sessionId}`)
  const catalogue = plan === null ? [] : [`catalogue/${plan.occupationId}`]
  const own = [`class/${classId}`, `class/${classId}/roster`, `class/${classId}/assessment`]
  return ['facility', ...own, ...catalogue, ...lessons]
}

function readSyllabusMinutes({ plan }: ClassState, read: StateReader<Reads>): number | null {
  if (plan === null) return null
  const { syllabi } = read.state('catalogue', `catalogue/${plan.occupationId}`)
  const syllabus = syllabi.find(({ syllabusId }) => syllabusId === plan.syllabusId)
  return syllabus === undefined ? null : syllabusMinutes(syllabus)
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

function readEnding(classId: ClassId, read: StateReader<Reads>): EndingClass {
  const record = readRecord(classId, read)
  const staff = read.all('staff').map(({ state }) => state)
  return { ...record, staff, syllabusMinutes: readSyllabusMinutes(record.classState, read) }
}

const LESSONS_NAMED_MAX = 3

/** No class ends before its lessons: names the first few of them. @rule CLS-13 */
function refuseLessonsToCome(record: ClassRecord, moment: Moment): Result<never> | null {
  const toCome = lessonsToCome(record, moment)
  if (toCome.length === 0) return null
  const named = toCome.slice(0, LESSONS_NAMED_MAX).map(({ on, startsAt }) => `${on} ${startsAt}`)
  return refused('class/lessons-to-come', { count: toCome.length, lessons: named.join(', ') })
}

/** The completion is dated on or after the last lesson and not ahead of today, and says why where hours are missing. @rule CLS-8 @rule CLS-14 */
function refuseEnd(body: ActBody<'completeClass'>, record: EndingClass, moment: Moment): Result<never> | null {
  const lastLesson = record.sessions.filter(({ plan }) => !plan.cancelled).at(-1)
  if (lastLesson !== undefined && body.completedOn < lastLesson.plan.on)
    return refused('class/dates-reversed', { on: lastLesson.plan.on })
  if (body.completedOn > moment.today) return refused('class/completion-ahead', { on: body.completedOn })
  if (body.shortfall !== undefined || !needsShortfall(record, moment)) return null
  const hours = (minutes: number) => Math.floor(minutes / record.rules.classHourMinutes)
  const figures = { taught: hours(taughtMinutes(record.sessions)), planned: hours(record.syllabusMinutes ?? 0) }
  return refused('class/shortfall-unexplained', figures)
}

/** The hash a completion keeps of the words about its missing hours, which lie in the vault. */
export function shortfallWordsHash(words: string): Hash {
  return hashText(canonicalText({ words }))
}

/** What the entry keeps of the reason; nothing where none was given. */
function shortfallOf(
  { shortfall }: ActBody<'completeClass'>,
  { syllabusMinutes: planned }: EndingClass,
): { shortfall?: CompletionShortfall } {
  if (shortfall === undefined) return {}
  const { reason, noteId, words } = shortfall
  return { shortfall: { reason, noteId, wordsHash: shortfallWordsHash(words), syllabusMinutes: planned } }
}

/**
 * Completes an open class whose check list is done, and fixes the outcomes. Nobody needs to have passed.
 * Refuses: class/unknown, class/wrong-phase, class/lessons-to-come (`lessons` names the first), class/not-complete (`item` names the first open
 * item), class/dates-reversed (before the last lesson), class/completion-ahead (later than today), class/shortfall-unexplained (in class hours).
 * @clause 4 @clause 7 @rule CLS-8 @rule CLS-13 @rule CLS-14
 */
export const completeClass: Decider<ActBody<'completeClass'>, Reads> = {
  families: ['staff'],
  needs: recordStreams,
  decide(asked, read, context) {
    const { classId, completedOn } = asked
    const record = readEnding(classId, read)
    const { phase, plan } = record.classState
    if (plan === null) return refused('class/unknown')
    if (phase !== 'open') return refused('class/wrong-phase')
    const early = refuseLessonsToCome(record, context)
    if (early !== null) return early
    const open = completionItems(record, context).find(({ status }) => status === 'open')
    if (open !== undefined) return refused('class/not-complete', { item: open.item, ...open.figures })
    const no = refuseEnd(asked, record, context)
    if (no !== null) return no
    const body = {
      classId,
      completedOn,
      plannedMinutes: plannedMinutes(record.sessions),
      taughtMinutes: taughtMinutes(record.sessions),
      outcomes: [...computeOutcomes(record)],
      ...shortfallOf(asked, record),
    }
    return accepted([draftEntry('class.completed.v1', `class/${classId}`, body, context)])
  },
}

/**
 * The hash a seal fixes: over the plan, the completion, the reason for missing hours where there is one, and the outcomes that hold now, in
 * canonical form. @rule CLS-10
 */
export function sealedContentHash(classState: ClassState): Hash {
  const { plan, completion } = classState
  const outcomes = currentOutcomes(classState)
  const shortfall = completion?.shortfall == null ? {} : { shortfall: completion.shortfall }
  return hashText(canonicalText({ plan, completedOn: completion?.completedOn ?? null, outcomes, ...shortfall }))
}

/**
 * Seals a completed class without open findings. The list of signers has room for both organisations; here the facility signs.
 * Refuses: class/unknown, class/wrong-phase, class/lessons-to-come, class/not-complete (findings). @rule CLS-10 @rule CLS-13
 */
export const sealClass: Decider<ActBody<'sealClass'>, Reads> = {
  families: ['staff'],
  needs: recordStreams,
  decide({ classId }, read, context) {
    const record = readEnding(classId, read)
    if (record.classState.plan === null) return refused('class/unknown')
    if (record.classState.phase !== 'completed') return refused('class/wrong-phase')
    const early = refuseLessonsToCome(record, context)
    if (early !== null) return early
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
