// The scores of one class as a sheet: what the ledger holds with what is being typed laid over it, and what the law says of each field.
import { computed, ref } from 'vue'
import type { AssessmentPart, ScoreResult } from '#contract/kinds/lesson.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import type { TraineeOutcome } from '#contract/kinds/training-class.ts'
import { assessmentStream, classStream, facilityStream, rosterStream, sessionStream } from '#contract/streams.ts'
import { recordScore } from '#domain/assessment/decide.ts'
import { latestAttempt, outcomeOf } from '#domain/assessment/outcome.ts'
import type { ScoreRecord } from '#domain/assessment/state.ts'
import { attendedMinutes, taughtMinutes } from '#domain/attendance/hours.ts'
import { mayBeAssessed } from '#domain/completion/class-record.ts'
import { lookup } from '#domain/shared/lookup.ts'
import type { Refusal } from '#domain/shared/refusal.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { type ClassDetail, provideClassDetail } from '#client/stores/class-detail.ts'
import { useDecisionContext } from '#client/stores/day-list-classes.ts'
import { useLiveState } from '#client/stores/live-state.ts'
import { readerOver } from '#client/stores/local-reader.ts'
import {
  type CellName,
  fieldKey,
  type ScoreDraft,
  type ScoreDrafts,
  useScoreDrafts,
} from '#client/stores/score-sheet-drafts.ts'

export const PARTS: readonly AssessmentPart[] = ['theory', 'practical']
const ATTEMPTS_MAX = 5

/** One field. `shown` is the result the ledger holds for it; `closed` is why nothing may be entered. */
export interface ScoreCell {
  readonly name: CellName
  readonly key: string
  readonly draft: ScoreDraft | null
  readonly shown: ScoreResult | null
  readonly closed: Refusal | null
}

/** One person. `mayEnter` is false below the threshold of hours without an admission; minutes whole, `percent` rounded down. */
export interface ScoreRow {
  readonly traineeId: TraineeId
  readonly number: number
  readonly cells: Readonly<Record<AssessmentPart, ScoreCell>>
  readonly outcome: TraineeOutcome
  readonly latest: Readonly<Record<AssessmentPart, ScoreRecord | undefined>>
  readonly mayEnter: boolean
  readonly admitted: boolean
  readonly attended: number
  readonly percent: number
}

/** The law over what this device knows of the class, asked before anything is written. */
function useScoreLaw(detail: ClassDetail) {
  const context = useDecisionContext()
  const facility = useLiveState('facility', () => facilityStream)
  const reader = computed(() => {
    const classId = detail.classId.value
    return readerOver({
      facility: [{ stream: facilityStream, state: facility.value ?? emptyState('facility') }],
      class: [{ stream: classStream(classId), state: detail.state.value }],
      roster: [{ stream: rosterStream(classId), state: detail.roster.value }],
      assessment: [{ stream: assessmentStream(classId), state: detail.assessment.value }],
      session: detail.lessons.value.map(({ plan, state }) => ({
        stream: sessionStream(classId, plan.sessionId),
        state,
      })),
    })
  })
  /** The refusal of a result; null when it may be recorded or is recorded already. `corrects`: as if a reason were given. */
  return function refusalOf(cell: CellName, result: ScoreResult, corrects: boolean): Refusal | null {
    if (context.value === null) return null
    const { classId, traineeId, part, attempt } = cell
    const body = { classId, traineeId, part, attempt, result, correctionReason: corrects ? ('other' as const) : null }
    const answer = recordScore.decide(body, reader.value, context.value)
    return answer.ok ? null : answer.refusal
  }
}
export type ScoreLaw = ReturnType<typeof useScoreLaw>

/** A draft is shown until the ledger, read back, holds its entry. */
function standing(detail: ClassDetail, drafts: ScoreDrafts, name: CellName): ScoreDraft | null {
  const draft = drafts[fieldKey(name)] ?? null
  if (draft?.stage !== 'durable') return draft
  const history = lookup(detail.assessment.value.history, name.traineeId) ?? []
  return history.some(({ entryId }) => entryId === draft.entryId) ? null : draft
}

function recordedIn(detail: ClassDetail, { traineeId, part, attempt }: CellName): ScoreRecord | undefined {
  const records = lookup(detail.assessment.value.scores, traineeId) ?? []
  return records.find((record) => record.part === part && record.attempt === attempt)
}

interface SheetParts {
  readonly detail: ClassDetail
  readonly law: ScoreLaw
  readonly attempt: number
}

function cellOf({ detail, law, attempt }: SheetParts, traineeId: TraineeId, part: AssessmentPart): ScoreCell {
  const name: CellName = { classId: detail.classId.value, traineeId, part, attempt }
  return {
    name,
    key: fieldKey(name),
    draft: null,
    shown: recordedIn(detail, name)?.result ?? null,
    // A word needs no hours, so this asks about class, roster and attempt alone.
    closed: law(name, { word: 'deferred' }, true),
  }
}

/** The rows as the ledger has them. */
function ledgerRows(parts: SheetParts): ScoreRow[] {
  const { detail } = parts
  const [assessment, sessions, rules] = [detail.assessment.value, detail.lessons.value, detail.rules.value]
  const record = { classState: detail.state.value, roster: detail.roster.value, sessions, assessment, rules }
  const taught = taughtMinutes(sessions)
  return detail.members.value.map(({ traineeId, enrolledOn }, index) => {
    const attended = attendedMinutes(traineeId, sessions, enrolledOn)
    return {
      traineeId,
      number: index + 1,
      cells: { theory: cellOf(parts, traineeId, 'theory'), practical: cellOf(parts, traineeId, 'practical') },
      outcome: outcomeOf(traineeId, assessment, attended),
      latest: {
        theory: latestAttempt(assessment, traineeId, 'theory'),
        practical: latestAttempt(assessment, traineeId, 'practical'),
      },
      mayEnter: mayBeAssessed(record, traineeId),
      admitted: lookup(assessment.admissions, traineeId) !== undefined,
      attended,
      percent: taught === 0 ? 100 : Math.floor((attended / taught) * 100),
    }
  })
}

/** The row with what is being typed laid over it; the same row where nothing is. */
function overlaid(detail: ClassDetail, drafts: ScoreDrafts, row: ScoreRow): ScoreRow {
  const theory = standing(detail, drafts, row.cells.theory.name)
  const practical = standing(detail, drafts, row.cells.practical.name)
  if (theory === null && practical === null) return row
  return {
    ...row,
    cells: { theory: { ...row.cells.theory, draft: theory }, practical: { ...row.cells.practical, draft: practical } },
  }
}

/**
 * Attempts that can be entered or were: the first, and each further one that was used, or that somebody may sit once everybody who may be
 * assessed has a result of the one before. So nothing moves under the hand while a column is being entered.
 */
function attemptsOf(detail: ClassDetail, law: ScoreLaw, rows: readonly ScoreRow[]): number[] {
  const classId = detail.classId.value
  const used = new Set(
    Object.values(detail.assessment.value.scores)
      .flat()
      .map((record) => record.attempt),
  )
  const cells = (attempt: number) =>
    rows.flatMap(({ traineeId, mayEnter }) =>
      PARTS.map((part) => ({ mayEnter, name: { classId, traineeId, part, attempt } })),
    )
  const isOpen = (name: CellName) => law(name, { word: 'deferred' }, true) === null
  const isFilled = (attempt: number) =>
    cells(attempt).every(({ mayEnter, name }) => !mayEnter || !isOpen(name) || recordedIn(detail, name) !== undefined)
  const isOffered = (attempt: number) => cells(attempt).some(({ name }) => isOpen(name)) && isFilled(attempt - 1)
  return Array.from({ length: ATTEMPTS_MAX }, (_, index) => index + 1).filter(
    (attempt) => attempt === 1 || used.has(attempt) || isOffered(attempt),
  )
}

/** How many of this screen's entries are where. `current` is being typed into, `held` is about to be written, `mend` waits for another score or a reason. */
function savingOf(detail: ClassDetail, rows: readonly ScoreRow[], current: string | null, held: string | null) {
  const entries = Object.values(detail.assessment.value.history).flat()
  const drafts = rows
    .flatMap(({ cells }) => PARTS.map((part) => cells[part]))
    .flatMap(({ key, draft }) => (draft === null ? [] : [{ key, draft }]))
  const isTyped = ({ key, draft }: (typeof drafts)[number]) =>
    draft.stage === 'typing' && (key === current || draft.text === '')
  const isWriting = ({ key, draft }: (typeof drafts)[number]) => draft.stage === 'writing' || key === held
  const open = drafts.filter((one) => one.draft.stage !== 'durable' && !isTyped(one))
  const isToMend = ({ draft }: (typeof drafts)[number]) => ['no', 'asks', 'refused'].includes(draft.stage)
  return {
    total: entries.length,
    writing: open.filter(isWriting).length,
    mend: open.filter(isToMend).length,
    unsaved: open.filter((one) => !isWriting(one) && !isToMend(one)).length,
  }
}

export function useScoreSheet(classId: () => ClassId) {
  const detail = provideClassDetail(classId)
  const law = useScoreLaw(detail)
  const drafts = useScoreDrafts()
  const attempt = ref(1)
  const inLedger = computed(() => ledgerRows({ detail, law, attempt: attempt.value }))
  const rows = computed(() => inLedger.value.map((row) => overlaid(detail, drafts.of(classId()), row)))
  const cells = computed(
    () =>
      new Map(
        rows.value.flatMap((row) =>
          PARTS.map((part) => [row.cells[part].key, { row, cell: row.cells[part] }] as const),
        ),
      ),
  )
  const enteredCount = computed(() =>
    rows.value.reduce((sum, { cells: both }) => sum + PARTS.filter((part) => both[part].shown !== null).length, 0),
  )
  return {
    detail,
    law,
    drafts,
    attempt,
    attempts: computed(() => attemptsOf(detail, law, inLedger.value)),
    rows,
    at: (key: string) => cells.value.get(key),
    savingOf: (current: string | null, held: string | null) => savingOf(detail, rows.value, current, held),
    taught: computed(() => taughtMinutes(detail.lessons.value)),
    enteredCount,
    /** Why no field at all is open, e.g. because the class has not begun; null while one is. */
    closed: computed(() => {
      const all = rows.value.flatMap(({ cells: both }) => PARTS.map((part) => both[part].closed))
      return all.length > 0 && all.every((no) => no !== null) ? (all[0] ?? null) : null
    }),
    /** Unfinished fields first to last, for the list of what is not saved. */
    asking: computed(() => [...cells.value.values()].find(({ cell }) => cell.draft?.stage === 'asks') ?? null),
    /** Fields with something in them that is neither recorded nor being written. */
    openCells: computed(() =>
      [...cells.value.values()].filter(
        ({ cell: { draft } }) =>
          draft !== null && draft.text !== '' && draft.stage !== 'durable' && draft.stage !== 'writing',
      ),
    ),
    failed: computed(() => [...cells.value.values()].filter(({ cell }) => cell.draft?.stage === 'failed')),
  }
}

export type ScoreSheet = ReturnType<typeof useScoreSheet>
