// What a hand has said in a roll call and what became of it. Taps are written one after another in the order they came; the last one is what
// the row shows. A tap that could not be written stays here, with its reason, until it is written or taken back: also when the page is left
// and when the tablet locks. Each person has his own.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { AttendanceMark, LeaveReason } from '#contract/kinds/lesson.ts'
import type { BodyOf } from '#contract/kind-registry.ts'
import type { Hash, TraineeId } from '#contract/values.ts'
import type { Refusal } from '#domain/shared/refusal.ts'
import { type Recorded, useRecorder } from '#client/stores/record.ts'
import type { LessonName } from '#client/stores/roll-call-lesson.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

/** Why the device could not write. */
export type WriteFault = Extract<Recorded, { readonly fault: string }>['fault']

/** A mark as a hand means it. */
export interface MarkWord {
  readonly mark: AttendanceMark
  readonly minutes: number | null
  readonly leaveReason: LeaveReason | null
}

export type CorrectionReason = NonNullable<BodyOf<'attendance.marked.v1'>['correctionReason']>

/** One tap on its way. `asks`: the law wants the reason of the correction; `durable`: in the journal, `entryId` names it. */
export interface Intention extends MarkWord {
  readonly turn: number
  readonly stage: 'writing' | 'durable' | 'asks' | 'refused' | 'failed'
  readonly entryId: Hash | null
  readonly refusal: Refusal | null
  readonly fault: WriteFault | null
}

export type Intentions = Readonly<Record<TraineeId, Intention>>

export const useRollCallIntentions = defineStore('roll-call-intentions', () => {
  const recorder = useRecorder()
  const signIn = useSignIn()
  const books = shallowRef<Readonly<Record<string, Intentions>>>({})
  let turns = 0
  let tail: Promise<unknown> = Promise.resolve()

  const keyOf = ({ classId, sessionId }: LessonName) => `${signIn.staff?.staffId ?? ''} ${classId} ${sessionId}`

  function put(key: string, traineeId: TraineeId, intention: Intention | null): void {
    const { [traineeId]: _before, ...others } = books.value[key] ?? ({} as Intentions)
    books.value = { ...books.value, [key]: intention === null ? others : { ...others, [traineeId]: intention } }
  }
  function change(key: string, traineeId: TraineeId, turn: number, news: Partial<Intention> | null): void {
    const now = books.value[key]?.[traineeId]
    // A later tap on the same row has taken over what is shown.
    if (now?.turn === turn) put(key, traineeId, news === null ? null : { ...now, ...news })
  }

  async function write(
    key: string,
    lesson: LessonName,
    traineeId: TraineeId,
    tap: Intention,
    correctionReason: CorrectionReason | null,
  ): Promise<void> {
    const { mark, minutes, leaveReason, turn } = tap
    const body = { ...lesson, traineeId, mark, minutes, leaveReason, noteId: null, correctionReason }
    const answer = await recorder.record({ name: 'markAttendance', body })
    if (answer.ok) {
      const entryId = answer.entries[0]?.id ?? null
      // Nothing written means the ledger says so already.
      return change(key, traineeId, turn, entryId === null ? null : { stage: 'durable', entryId })
    }
    if ('fault' in answer) return change(key, traineeId, turn, { stage: 'failed', fault: answer.fault })
    const asks = answer.refusal.code === 'attendance/correction-reason-missing'
    change(key, traineeId, turn, { stage: asks ? 'asks' : 'refused', refusal: answer.refusal })
  }

  /** Takes a tap: shown at once, written in its turn. */
  function say(
    lesson: LessonName,
    traineeId: TraineeId,
    word: MarkWord,
    correctionReason: CorrectionReason | null = null,
  ): Promise<void> {
    turns += 1
    const key = keyOf(lesson)
    const { mark, minutes, leaveReason } = word
    const tap: Intention = {
      ...{ mark, minutes, leaveReason },
      ...{ turn: turns, stage: 'writing', entryId: null, refusal: null, fault: null },
    }
    put(key, traineeId, tap)
    const written = tail.then(() => write(key, lesson, traineeId, tap, correctionReason))
    tail = written.catch(() => change(key, traineeId, tap.turn, { stage: 'failed', fault: 'storage-broken' }))
    return written
  }

  return {
    /** The intentions of the person signed in for one lesson. */
    of: (lesson: LessonName): Intentions => books.value[keyOf(lesson)] ?? {},
    say,
    /** Takes back what was not written; the row shows what the ledger holds. */
    drop: (lesson: LessonName, traineeId: TraineeId): void => put(keyOf(lesson), traineeId, null),
    /** Resolves when every tap so far has been written or has failed. */
    settled: async (): Promise<void> => {
      await tail
    },
    /** How many taps of the person signed in are in no journal, over all lessons. */
    unsavedCount: computed(() => {
      const own = `${signIn.staff?.staffId ?? ''} `
      return Object.entries(books.value)
        .filter(([key]) => key.startsWith(own))
        .flatMap(([, book]) => Object.values(book))
        .filter(({ stage }) => stage !== 'durable').length
    }),
    /** The lessons whose taps were not written, as `classId sessionId`. */
    unsavedLessons: computed(() => {
      const own = `${signIn.staff?.staffId ?? ''} `
      const open = Object.entries(books.value).filter(
        ([key, book]) => key.startsWith(own) && Object.values(book).some(({ stage }) => stage === 'failed'),
      )
      return open.map(([key]) => {
        const [, classId = '', sessionId = ''] = key.split(' ')
        return { classId, sessionId }
      })
    }),
  }
})
