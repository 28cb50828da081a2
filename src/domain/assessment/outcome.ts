// What a trainee's scores come to. Each part has to be passed; a word is never a number.
import type { AssessmentPart } from '#contract/kinds/lesson.ts'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import type { TraineeId } from '#contract/values.ts'
import { lookup } from '../shared/lookup.ts'
import { isInDispute } from './disputes.ts'
import type { AssessmentState, ScoreRecord } from './state.ts'

/** 60 of 100 points, in tenths; 59.9 is not enough. */
export const PASS_MARK_TENTHS = 600

/** The record of the latest attempt at a part, or undefined when there was none: the latest attempt counts. @rule ASM-5 (house rule D-0010) */
export function latestAttempt(
  assessment: AssessmentState,
  traineeId: TraineeId,
  part: AssessmentPart,
): ScoreRecord | undefined {
  return (lookup(assessment.scores, traineeId) ?? []).filter((record) => record.part === part).at(-1)
}

/** Points of a record in tenths; null without record and for a word. */
export function tenthsOf(record: ScoreRecord | undefined): number | null {
  return record !== undefined && 'scoreTenths' in record.result ? record.result.scoreTenths : null
}

/** Whether the part is passed by its latest attempt. @rule ASM-2 */
export function isPartPassed(assessment: AssessmentState, traineeId: TraineeId, part: AssessmentPart): boolean {
  return (tenthsOf(latestAttempt(assessment, traineeId, part)) ?? -1) >= PASS_MARK_TENTHS
}

/** Whether both parts have a result, be it a score or a word. */
export function hasBothParts(assessment: AssessmentState, traineeId: TraineeId): boolean {
  const has = (part: AssessmentPart) => latestAttempt(assessment, traineeId, part) !== undefined
  return has('theory') && has('practical')
}

/** Whether there is a score in points for any part. */
export function hasAnyScore(assessment: AssessmentState, traineeId: TraineeId): boolean {
  return (lookup(assessment.scores, traineeId) ?? []).some((record) => tenthsOf(record) !== null)
}

/**
 * Whether nothing recorded stands against a certificate: no result is in dispute, and no part that has a result is below the pass mark now. A
 * dispute or its settlement may come after the class was completed. @rule ASM-11
 */
export function mayBeCertified(assessment: AssessmentState, traineeId: TraineeId): boolean {
  const holds = (part: AssessmentPart) =>
    latestAttempt(assessment, traineeId, part) === undefined || isPartPassed(assessment, traineeId, part)
  return !isInDispute(assessment, traineeId) && holds('theory') && holds('practical')
}

/**
 * The outcome of one trainee: passed when both parts reach 60 points, failed when both have points and one does not, otherwise not assessed;
 * nobody is judged by a result in dispute. Points in tenths, minutes whole. @rule ASM-2 @rule ASM-6 @rule ASM-11
 */
export function outcomeOf(traineeId: TraineeId, assessment: AssessmentState, attended: number): TraineeOutcome {
  const theoryTenths = tenthsOf(latestAttempt(assessment, traineeId, 'theory'))
  const practicalTenths = tenthsOf(latestAttempt(assessment, traineeId, 'practical'))
  const isAssessed = theoryTenths !== null && practicalTenths !== null && !isInDispute(assessment, traineeId)
  const isPassed = isAssessed && theoryTenths >= PASS_MARK_TENTHS && practicalTenths >= PASS_MARK_TENTHS
  const outcome = isPassed ? 'passed' : isAssessed ? 'failed' : 'notAssessed'
  return { traineeId, outcome, attendedMinutes: attended, theoryTenths, practicalTenths }
}
