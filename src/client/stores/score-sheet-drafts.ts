// What stands in the score fields and is not in the ledger yet, with why. Typed text stays until it is recorded or taken out: also when the
// page is left and when the tablet locks. Results are written one after another. Each person has his own.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { BodyOf } from '#contract/kind-registry.ts'
import type { AssessmentPart, ScoreResult } from '#contract/kinds/lesson.ts'
import type { ClassId, Hash, TraineeId } from '#contract/values.ts'
import type { Refusal } from '#domain/shared/refusal.ts'
import { useRecorder } from '#client/stores/record.ts'
import type { WriteFault } from '#client/stores/roll-call-intentions.ts'
import type { ScoreTextNo } from '#client/stores/score-sheet-text.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

/** One field of the sheet. */
export interface CellName {
  readonly classId: ClassId
  readonly traineeId: TraineeId
  readonly part: AssessmentPart
  readonly attempt: number
}

export type ScoreCorrection = NonNullable<BodyOf<'assessment.scored.v1'>['correctionReason']>

/** One field on its way. `typing`: nobody has said it is finished; `no`: it is no score; `asks`: the law wants the reason of the correction. */
export interface ScoreDraft {
  readonly text: string
  readonly stage: 'typing' | 'no' | 'asks' | 'refused' | 'writing' | 'durable' | 'failed'
  readonly no: ScoreTextNo | null
  readonly refusal: Refusal | null
  readonly fault: WriteFault | null
  readonly result: ScoreResult | null
  readonly entryId: Hash | null
  readonly turn: number
}

export type ScoreDrafts = Readonly<Record<string, ScoreDraft>>

const fresh: ScoreDraft = {
  text: '',
  stage: 'typing',
  no: null,
  refusal: null,
  fault: null,
  result: null,
  entryId: null,
  turn: 0,
}

export const fieldKey = ({ traineeId, part, attempt }: Omit<CellName, 'classId'>): string =>
  `${traineeId} ${part} ${attempt}`

export const useScoreDrafts = defineStore('score-sheet-drafts', () => {
  const recorder = useRecorder()
  const signIn = useSignIn()
  const books = shallowRef<Readonly<Record<string, ScoreDrafts>>>({})
  let turns = 0
  let tail: Promise<unknown> = Promise.resolve()
  const bookKey = (classId: ClassId) => `${signIn.staff?.staffId ?? ''} ${classId}`

  function putIn(book: string, field: string, draft: ScoreDraft | null): void {
    const { [field]: _before, ...others } = books.value[book] ?? {}
    books.value = { ...books.value, [book]: draft === null ? others : { ...others, [field]: draft } }
  }
  /** Sets what stands in a field; null takes it out. */
  function set(cell: CellName, news: Partial<ScoreDraft> | null): void {
    turns += 1
    putIn(bookKey(cell.classId), fieldKey(cell), news === null ? null : { ...fresh, ...news, turn: turns })
  }
  function change(book: string, field: string, turn: number, news: Partial<ScoreDraft> | null): void {
    const now = books.value[book]?.[field]
    if (now?.turn === turn) putIn(book, field, news === null ? null : { ...now, ...news })
  }

  /** Writes a result in its turn. */
  function write(
    cell: CellName,
    text: string,
    result: ScoreResult,
    correctionReason: ScoreCorrection | null,
  ): Promise<void> {
    set(cell, { text, result, stage: 'writing' })
    const { [fieldKey(cell)]: draft } = books.value[bookKey(cell.classId)] ?? {}
    const [book, field, turn] = [bookKey(cell.classId), fieldKey(cell), draft?.turn ?? 0]
    const written = tail.then(async () => {
      const { classId, traineeId, part, attempt } = cell
      const body = { classId, traineeId, part, attempt, result, correctionReason }
      const answer = await recorder.record({ name: 'recordScore', body })
      if (answer.ok) {
        const entryId = answer.entries[0]?.id ?? null
        return change(book, field, turn, entryId === null ? null : { stage: 'durable', entryId })
      }
      if ('fault' in answer) return change(book, field, turn, { stage: 'failed', fault: answer.fault })
      const asks = answer.refusal.code === 'assessment/correction-reason-missing'
      change(book, field, turn, { stage: asks ? 'asks' : 'refused', refusal: answer.refusal })
    })
    tail = written.catch(() => change(book, field, turn, { stage: 'failed', fault: 'storage-broken' }))
    return written
  }
  return {
    of: (classId: ClassId): ScoreDrafts => books.value[bookKey(classId)] ?? {},
    set,
    write,
    settled: async (): Promise<void> => {
      await tail
    },
    /** Fields of the person signed in that are in no journal, by class. */
    unsaved: computed(() => {
      const own = `${signIn.staff?.staffId ?? ''} `
      return Object.entries(books.value)
        .filter(([book]) => book.startsWith(own))
        .map(([book, drafts]) => ({
          classId: book.slice(own.length) as ClassId,
          count: Object.values(drafts).filter(({ stage }) => stage !== 'durable').length,
        }))
        .filter(({ count }) => count > 0)
    }),
  }
})
