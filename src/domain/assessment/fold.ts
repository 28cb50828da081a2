// Fold of one class's scores: everything said stays in the history, per part and attempt the latest position counts.
import type { RecordedEntry } from '#contract/envelope.ts'
import type { AssessmentPart, ScoreResult } from '#contract/kinds/lesson.ts'
import type { TraineeId } from '#contract/values.ts'
import { disputesOf } from '../shared/dispute.ts'
import type { Finding } from '../shared/finding.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { KindedEntry } from '../shared/kinded-entry.ts'
import { lookup, withKey } from '../shared/lookup.ts'
import type { AssessmentState, ScoreRecord } from './state.ts'

export const emptyAssessment: AssessmentState = { scores: {}, history: {}, admissions: {}, findings: [] }

type ScoreEntry = Extract<KindedEntry, { kind: 'assessment.scored.v1' | 'assessment.settled.v1' }>

/** Whether two results say the same. */
export function sameResult(first: ScoreResult, second: ScoreResult): boolean {
  if ('word' in first) return 'word' in second && first.word === second.word
  return 'scoreTenths' in second && first.scoreTenths === second.scoreTenths
}

function isOf(part: AssessmentPart, attempt: number): (record: ScoreRecord) => boolean {
  return (record) => record.part === part && record.attempt === attempt
}

function contestedFindings(traineeId: TraineeId, history: readonly ScoreRecord[]): readonly Finding[] {
  const keys = new Map(history.map((record) => [`${record.part} ${record.attempt}`, record]))
  return [...keys.values()].flatMap(({ part, attempt }) =>
    disputesOf(history.filter(isOf(part, attempt)), (first, second) => sameResult(first.result, second.result)).map(
      ({ entryIds, settled }): Finding => ({ code: 'assessment/contested', traineeId, entryIds, settled }),
    ),
  )
}

function inOrder(records: readonly ScoreRecord[]): readonly ScoreRecord[] {
  const parts: readonly AssessmentPart[] = ['theory', 'practical']
  return [...records].sort(
    (first, second) => parts.indexOf(first.part) - parts.indexOf(second.part) || first.attempt - second.attempt,
  )
}

function foldScore(state: AssessmentState, recorded: RecordedEntry, entry: ScoreEntry): AssessmentState {
  const { traineeId, part, attempt, result } = entry.body
  const before = lookup(state.history, traineeId) ?? []
  if (before.some((record) => record.entryId === recorded.id)) return state
  const record: ScoreRecord = {
    part,
    attempt,
    result,
    entryId: recorded.id,
    actorId: entry.actorId,
    deviceId: entry.deviceId,
    basedOn: entry.basedOn,
    settlement: entry.kind === 'assessment.settled.v1',
    settledFor: entry.kind === 'assessment.settled.v1' ? entry.body.reason : null,
    recordedAt: entry.recordedAt,
    position: recorded.position,
    pending: recorded.position === null,
  }
  const history = [...before, record]
  const standing = (lookup(state.scores, traineeId) ?? []).filter((one) => !isOf(part, attempt)(one))
  return {
    ...state,
    scores: withKey(state.scores, traineeId, inOrder([...standing, record])),
    history: withKey(state.history, traineeId, history),
    findings: [
      ...state.findings.filter((finding) => finding.traineeId !== traineeId),
      ...contestedFindings(traineeId, history),
    ],
  }
}

/** Folds one entry of `class/<id>/assessment`. The same entry twice changes nothing. @rule ASM-1 @rule ASM-7 */
export function foldAssessment(state: AssessmentState, recorded: RecordedEntry): AssessmentState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'assessment.scored.v1':
    case 'assessment.settled.v1':
      return foldScore(state, recorded, entry)
    case 'assessment.admitted.v1': {
      const admission = { reason: entry.body.reason, actorId: entry.actorId, entryId: recorded.id }
      return { ...state, admissions: withKey(state.admissions, entry.body.traineeId, admission) }
    }
    default:
      return state
  }
}
