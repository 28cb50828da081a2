// The hand's own steps in a roll call: set, clear, answer what the last tap still needs, take the last step back.
import { computed, shallowRef } from 'vue'
import type { AttendanceMark, LeaveReason } from '#contract/kinds/lesson.ts'
import type { TraineeId } from '#contract/values.ts'
import type { MarkWord } from '#client/stores/roll-call-intentions.ts'

interface Step {
  readonly traineeId: TraineeId
  readonly before: MarkWord
}

const PRESET_MINUTES = 10
const STEPS_MAX = 200

/** Nothing said against him: he was there. */
export const PRESENT: MarkWord = { mark: 'present', minutes: null, leaveReason: null }

/** A mark as one tap says it: ten minutes and `other` stand until something else is said, so that leaving them is valid. */
export function presetWord(mark: AttendanceMark): MarkWord {
  const isPartial = mark === 'late' || mark === 'leftEarly'
  return { mark, minutes: isPartial ? PRESET_MINUTES : null, leaveReason: mark === 'excused' ? 'other' : null }
}

/**
 * Keeps the steps of one roll call. `wordOf` gives what a row shows now, undefined for somebody who is not on the list; `say` records.
 */
export function useRollCallSteps(
  wordOf: (traineeId: TraineeId) => MarkWord | undefined,
  say: (traineeId: TraineeId, word: MarkWord) => void,
) {
  const steps = shallowRef<readonly Step[]>([])
  const lastId = computed(() => steps.value.at(-1)?.traineeId ?? null)

  function step(traineeId: TraineeId, word: MarkWord): void {
    const before = wordOf(traineeId)
    if (before === undefined) return
    const { mark, minutes, leaveReason } = before
    steps.value = [...steps.value, { traineeId, before: { mark, minutes, leaveReason } }].slice(-STEPS_MAX)
    say(traineeId, word)
  }
  function press(traineeId: TraineeId, mark: AttendanceMark): void {
    step(traineeId, wordOf(traineeId)?.mark === mark ? PRESENT : presetWord(mark))
  }
  function answer(news: { readonly minutes: number } | { readonly leaveReason: LeaveReason }): void {
    const traineeId = lastId.value
    const now = traineeId === null ? undefined : wordOf(traineeId)
    if (traineeId !== null && now !== undefined) step(traineeId, { ...now, ...news })
  }
  function undo(): void {
    const last = steps.value.at(-1)
    if (last === undefined) return
    steps.value = steps.value.slice(0, -1)
    say(last.traineeId, last.before)
  }
  return { lastId, press, answer, undo, canUndo: computed(() => steps.value.length > 0) }
}
