// Testimony from the classroom: marks, head counts, what was taught, scores. Recorded offline by the person who saw it.
import { z } from 'zod'
import { CalendarDate, ClassId, Minutes, ModuleId, NoteId, ScoreTenths, SessionId, TraineeId } from '../values.ts'

/** Whether someone was there. `present` is written only to take an exception back; nothing written also means present. */
export const AttendanceMark = z.enum(['present', 'absent', 'late', 'leftEarly', 'excused'])
export type AttendanceMark = z.infer<typeof AttendanceMark>

export const LeaveReason = z.enum(['visit', 'medical', 'confinement', 'court', 'transfer', 'other'])
export type LeaveReason = z.infer<typeof LeaveReason>

/** The two parts of the completion assessment; each needs 60 of 100. */
export const AssessmentPart = z.enum(['theory', 'practical'])
export type AssessmentPart = z.infer<typeof AssessmentPart>

/** One result: a score in tenths, or a word. Absent is not 0. */
export const ScoreResult = z.union([
  z.strictObject({ scoreTenths: ScoreTenths }),
  z.strictObject({ word: z.enum(['absent', 'deferred']) }),
])
export type ScoreResult = z.infer<typeof ScoreResult>

/** Why a settled mark counts. `not-in-class`: he was withdrawn that day, written when he is enrolled again. */
export const MarkSettlementReason = z.enum([
  'asked-both',
  'paper-record',
  'duty-record',
  'mis-tap',
  'not-in-class',
  'other',
])
export type MarkSettlementReason = z.infer<typeof MarkSettlementReason>

/** Why a settled result counts. */
export const ScoreSettlementReason = z.enum(['asked-both', 'answer-sheet', 'adding-up', 'appeal', 'other'])
export type ScoreSettlementReason = z.infer<typeof ScoreSettlementReason>

export const lessonKinds = {
  /** `minutes` is missed time for late and leftEarly, else null; `leaveReason` only for excused. */
  'attendance.marked.v1': z.strictObject({
    classId: ClassId,
    sessionId: SessionId,
    traineeId: TraineeId,
    mark: AttendanceMark,
    minutes: Minutes.min(1).nullable(),
    leaveReason: LeaveReason.nullable(),
    noteId: NoteId.nullable(),
    correctionReason: z.enum(['mis-tap', 'late-paper', 'checked-with-officer', 'other']).nullable(),
  }),
  'attendance.head-counted.v1': z.strictObject({
    classId: ClassId,
    sessionId: SessionId,
    expectedCount: z.int().min(0),
    markedPresentCount: z.int().min(0),
    spokenCount: z.int().min(0),
    differenceReason: z.enum(['toilet', 'called-away', 'guest', 'counting-again', 'other']).nullable(),
  }),
  'attendance.lesson-logged.v1': z.strictObject({
    classId: ClassId,
    sessionId: SessionId,
    moduleId: ModuleId,
    theoryMinutes: Minutes,
    practicalMinutes: Minutes,
    noteId: NoteId.nullable(),
  }),
  'attendance.made-up.v1': z.strictObject({
    classId: ClassId,
    sessionId: SessionId,
    traineeId: TraineeId,
    madeUpOn: CalendarDate,
    minutes: Minutes.min(1),
  }),
  'attendance.settled.v1': z.strictObject({
    classId: ClassId,
    sessionId: SessionId,
    traineeId: TraineeId,
    mark: AttendanceMark,
    minutes: Minutes.min(1).nullable(),
    leaveReason: LeaveReason.nullable(),
    reason: MarkSettlementReason,
  }),
  'assessment.scored.v1': z.strictObject({
    classId: ClassId,
    traineeId: TraineeId,
    part: AssessmentPart,
    attempt: z.int().min(1).max(5),
    result: ScoreResult,
    correctionReason: z.enum(['mis-typed', 'adding-up', 'appeal', 'other']).nullable(),
  }),
  'assessment.admitted.v1': z.strictObject({
    classId: ClassId,
    traineeId: TraineeId,
    reason: z.enum(['made-up-by-self-study', 'prior-skill', 'released-soon', 'other']),
    noteId: NoteId.nullable(),
  }),
  'assessment.settled.v1': z.strictObject({
    classId: ClassId,
    traineeId: TraineeId,
    part: AssessmentPart,
    attempt: z.int().min(1).max(5),
    result: ScoreResult,
    reason: ScoreSettlementReason,
  }),
} as const
