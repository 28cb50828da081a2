// A roll call as the hand sees it: the ledger's marks with the taps that are on their way laid over them.
import { computed, ref } from 'vue'
import type { BodyOf } from '#contract/kind-registry.ts'
import type { ActorId, DeviceId, Hash, TraineeId } from '#contract/values.ts'
import type { MarkRecord, SessionState } from '#domain/attendance/state.ts'
import { headCount } from '#domain/attendance/summary.ts'
import { lookup, withKey, withoutKey } from '#domain/shared/lookup.ts'
import { useRecorder } from '#client/stores/record.ts'
import {
  type CorrectionReason,
  type Intention,
  type Intentions,
  type MarkWord,
  useRollCallIntentions,
} from '#client/stores/roll-call-intentions.ts'
import { type Lesson, type LessonName, useLesson } from '#client/stores/roll-call-lesson.ts'
import { PRESENT, useRollCallSteps } from '#client/stores/roll-call-steps.ts'

/** One row of the roll call. `intention` is the tap that is shown over the ledger's word, null when there is none. */
export interface RollCallRow extends MarkWord {
  readonly traineeId: TraineeId
  readonly number: number
  readonly intention: Intention | null
  /** Two people said different things about him. */
  readonly contested: boolean
}

export type DifferenceReason = NonNullable<BodyOf<'attendance.head-counted.v1'>['differenceReason']>

/** A tap is shown until the ledger, read back, holds its entry. */
function standing(state: SessionState, intentions: Intentions, traineeId: TraineeId): Intention | null {
  const intention = lookup(intentions, traineeId) ?? null
  if (intention?.stage !== 'durable') return intention
  const history = lookup(state.history, traineeId) ?? []
  return history.some(({ entryId }) => entryId === intention.entryId) ? null : intention
}

/** A tap as the record it will become, for counting only. */
function recordOf({ mark, minutes, leaveReason, entryId }: Intention): MarkRecord {
  return {
    ...{ mark, minutes, leaveReason },
    entryId: entryId ?? ('' as Hash),
    actorId: '' as ActorId,
    deviceId: '' as DeviceId,
    ...{ basedOn: null, settlement: false, settledFor: null, recordedAt: '', position: null, pending: true },
  }
}

/** The lesson with every tap laid over it. */
function overlaid(state: SessionState, rows: readonly RollCallRow[]): SessionState {
  const marks = rows.reduce((all, { traineeId, intention }) => {
    if (intention === null) return all
    return intention.mark === 'present' ? withoutKey(all, traineeId) : withKey(all, traineeId, recordOf(intention))
  }, state.marks)
  return { ...state, marks }
}

function rowsOf(lesson: Lesson, intentions: Intentions): RollCallRow[] {
  const state = lesson.state.value
  const contested = new Set(
    state.findings
      .filter(({ code, settled }) => code === 'attendance/contested' && !settled)
      .map((one) => one.traineeId),
  )
  return lesson.members.value.map(({ traineeId }, index) => {
    const intention = standing(state, intentions, traineeId)
    const { mark, minutes, leaveReason } = intention ?? lookup(state.marks, traineeId) ?? PRESENT
    return { traineeId, number: index + 1, mark, minutes, leaveReason, intention, contested: contested.has(traineeId) }
  })
}

/** How many of this screen's entries are where. */
function savingOf(state: SessionState, rows: readonly RollCallRow[]) {
  const entries = [...Object.values(state.history).flat(), ...(state.headCount === null ? [] : [state.headCount])]
  const taps = rows.flatMap(({ intention }) => (intention === null ? [] : [intention.stage]))
  return {
    total: entries.length,
    writing: taps.filter((stage) => stage === 'writing').length,
    unsaved: taps.filter((stage) => stage === 'failed' || stage === 'refused').length,
  }
}

function useHeadCount(lesson: Lesson, present: () => number, settled: () => Promise<void>, unsaved: () => number) {
  const recorder = useRecorder()
  const spoken = ref<number | null>(null)
  const busy = ref(false)
  const confirmed = computed(() => lesson.state.value.headCount)
  const counted = computed(() => spoken.value ?? present())

  /** Confirms the head count; answers null when it is durable, 'unsaved' when a tap before it is not, else the no. */
  async function confirm(differenceReason: DifferenceReason | null) {
    busy.value = true
    try {
      await settled()
      if (unsaved() > 0) return 'unsaved' as const
      const counts = {
        expectedCount: lesson.members.value.length,
        markedPresentCount: present(),
        spokenCount: counted.value,
      }
      const body = { ...lesson.name(), ...counts, differenceReason }
      const answer = await recorder.record({ name: 'confirmHeadCount', body })
      if (answer.ok) spoken.value = null
      return answer.ok ? null : answer
    } finally {
      busy.value = false
    }
  }
  return {
    spoken,
    counted,
    busy,
    confirm,
    confirmed,
    differs: computed(() => counted.value !== present()),
    /** Confirmed, and nothing changed since. */
    stands: computed(
      () => confirmed.value !== null && spoken.value === null && confirmed.value.markedPresentCount === present(),
    ),
  }
}

export function useRollCall(name: () => LessonName) {
  const lesson = useLesson(name)
  const intentions = useRollCallIntentions()
  const rows = computed(() => rowsOf(lesson, intentions.of(name())))
  const counts = computed(() =>
    headCount(lesson.roster.value, overlaid(lesson.state.value, rows.value), lesson.session.value?.on),
  )
  const saving = computed(() => savingOf(lesson.state.value, rows.value))
  const rowOf = (traineeId: TraineeId) => rows.value.find((row) => row.traineeId === traineeId)

  function say(traineeId: TraineeId, word: MarkWord, reason: CorrectionReason | null = null): void {
    void intentions.say(name(), traineeId, word, reason)
  }
  const steps = useRollCallSteps(rowOf, say)
  const openTaps = computed(() =>
    rows.value.filter(({ intention }) => intention !== null && intention.stage !== 'durable'),
  )
  const count = useHeadCount(
    lesson,
    () => counts.value.presentCount,
    intentions.settled,
    () => openTaps.value.length,
  )
  return {
    lesson,
    rows,
    counts,
    saving,
    steps,
    count,
    rowOf,
    last: computed(() => (steps.lastId.value === null ? null : (rowOf(steps.lastId.value) ?? null))),
    /** The first row whose correction waits for its reason. */
    asking: computed(() => rows.value.find(({ intention }) => intention?.stage === 'asks') ?? null),
    /** Rows whose last tap is in no journal, with why. */
    unsaved: computed(() =>
      rows.value.filter(({ intention }) => intention?.stage === 'failed' || intention?.stage === 'refused'),
    ),
    explain: (row: RollCallRow, reason: CorrectionReason): void => say(row.traineeId, row, reason),
    giveUp: (row: RollCallRow): void => intentions.drop(name(), row.traineeId),
    again(): void {
      for (const row of openTaps.value) if (row.intention?.stage === 'failed') say(row.traineeId, row)
    },
  }
}

export type RollCall = ReturnType<typeof useRollCall>
