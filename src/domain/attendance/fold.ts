// Fold of one lesson: marks are exceptions, everything said stays in the history, the latest position counts.
import type { RecordedEntry } from '#contract/envelope.ts'
import type { TraineeId } from '#contract/values.ts'
import { disputesOf } from '../shared/dispute.ts'
import type { Finding } from '../shared/finding.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { KindedEntry } from '../shared/kinded-entry.ts'
import { lookup, withKey, withoutKey } from '../shared/lookup.ts'
import type { MarkRecord, SessionState } from './state.ts'

export const emptySession: SessionState = {
  marks: {},
  history: {},
  headCount: null,
  lessons: [],
  makeUps: [],
  findings: [],
}

type MarkEntry = Extract<KindedEntry, { kind: 'attendance.marked.v1' | 'attendance.settled.v1' }>

/** Whether two marks say the same. */
export function sameMark(
  first: Pick<MarkRecord, 'mark' | 'minutes' | 'leaveReason'>,
  second: Pick<MarkRecord, 'mark' | 'minutes' | 'leaveReason'>,
): boolean {
  return first.mark === second.mark && first.minutes === second.minutes && first.leaveReason === second.leaveReason
}

function markRecord(recorded: RecordedEntry, entry: MarkEntry): MarkRecord {
  const { mark, minutes, leaveReason } = entry.body
  return {
    mark,
    minutes,
    leaveReason,
    entryId: recorded.id,
    actorId: entry.actorId,
    deviceId: entry.deviceId,
    basedOn: entry.basedOn,
    settlement: entry.kind === 'attendance.settled.v1',
    settledFor: entry.kind === 'attendance.settled.v1' ? entry.body.reason : null,
    recordedAt: entry.recordedAt,
    position: recorded.position,
    pending: recorded.position === null,
  }
}

function contestedFindings(traineeId: TraineeId, history: readonly MarkRecord[]): readonly Finding[] {
  return disputesOf(history, sameMark).map(({ entryIds, settled }) => ({
    code: 'attendance/contested',
    traineeId,
    entryIds,
    settled,
  }))
}

function foldMark(state: SessionState, recorded: RecordedEntry, entry: MarkEntry): SessionState {
  const { traineeId } = entry.body
  const before = lookup(state.history, traineeId) ?? []
  if (before.some((record) => record.entryId === recorded.id)) return state
  const record = markRecord(recorded, entry)
  const history = [...before, record]
  const others = state.findings.filter((finding) => finding.traineeId !== traineeId)
  return {
    ...state,
    marks: record.mark === 'present' ? withoutKey(state.marks, traineeId) : withKey(state.marks, traineeId, record),
    history: withKey(state.history, traineeId, history),
    findings: [...others, ...contestedFindings(traineeId, history)],
  }
}

/** Folds one entry of `class/<id>/session/<sessionId>`. The same entry twice changes nothing. @rule ATT-1 @rule ATT-7 */
export function foldSession(state: SessionState, recorded: RecordedEntry): SessionState {
  const entry = kindedEntry(recorded)
  const origin = { entryId: recorded.id, actorId: entry.actorId, pending: recorded.position === null }
  switch (entry.kind) {
    case 'attendance.marked.v1':
    case 'attendance.settled.v1':
      return foldMark(state, recorded, entry)
    case 'attendance.head-counted.v1': {
      const { expectedCount, markedPresentCount, spokenCount, differenceReason } = entry.body
      return {
        ...state,
        headCount: {
          expectedCount,
          markedPresentCount,
          spokenCount,
          differenceReason,
          recordedAt: entry.recordedAt,
          position: recorded.position,
          ...origin,
        },
      }
    }
    case 'attendance.lesson-logged.v1': {
      const { moduleId, theoryMinutes, practicalMinutes, noteId } = entry.body
      const others = state.lessons.filter((lesson) => lesson.moduleId !== moduleId)
      if (theoryMinutes + practicalMinutes === 0) return { ...state, lessons: others }
      return { ...state, lessons: [...others, { moduleId, theoryMinutes, practicalMinutes, noteId, ...origin }] }
    }
    case 'attendance.made-up.v1': {
      if (state.makeUps.some((makeUp) => makeUp.entryId === recorded.id)) return state
      const { traineeId, madeUpOn, minutes } = entry.body
      return { ...state, makeUps: [...state.makeUps, { traineeId, madeUpOn, minutes, entryId: recorded.id }] }
    }
    default:
      return state
  }
}
