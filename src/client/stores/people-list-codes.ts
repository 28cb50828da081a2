// Codes of trainees: chosen people get new ones from the server, in portions, and this page shows them once. Nothing of it is kept anywhere.
import { computed, reactive, ref } from 'vue'
import type { TraineeId } from '#contract/values.ts'
import { useToday } from '#client/stores/clock.ts'
import { type OfficeNo, useOfficeDesk } from '#client/stores/office-desk.ts'
import { searchText, usePeopleRows } from '#client/stores/people-list.ts'
import { wardsOf } from '#client/stores/people-list-filter.ts'

/** A code as it is printed. */
export interface CodeSlip {
  readonly traineeId: TraineeId
  readonly name: string
  readonly facilityNumber: string
  readonly code: string
}

// Each code costs the server a deliberate fraction of a second: portions keep the way back short and show how far it is.
const PORTION = 25

/** The making itself: what was answered so far stays, whatever happens to a later portion. */
function useMaking() {
  const desk = useOfficeDesk()
  const codes = ref<ReadonlyMap<TraineeId, string>>(new Map())
  const making = reactive<{ done: number; all: number; busy: boolean; lost: number; no: OfficeNo | null }>({
    done: 0,
    all: 0,
    busy: false,
    lost: 0,
    no: null,
  })
  async function make(traineeIds: readonly TraineeId[]): Promise<boolean> {
    Object.assign(making, { done: 0, all: traineeIds.length, busy: true, lost: 0, no: null })
    for (let from = 0; from < traineeIds.length && making.no === null; from += PORTION) {
      const portion = traineeIds.slice(from, from + PORTION)
      const answer = await desk.perform('makeTraineeCodes', { traineeIds: [...portion] })
      if (!answer.ok) {
        making.no = answer.no
        continue
      }
      const made = answer.value.codes ?? []
      codes.value = new Map([...codes.value, ...made.map(({ traineeId, code }) => [traineeId, code] as const)])
      // An answer that was lost on the way and asked for again comes without its codes: those people need new ones.
      making.lost += portion.length - made.length
      making.done += portion.length
    }
    making.busy = false
    return making.no === null
  }
  return { codes, making, make }
}

/** Who is looked at and who is chosen. */
function useChoice() {
  const today = useToday()
  const all = usePeopleRows(today)
  const filter = reactive<{ query: string; ward: string | null; have: 'without' | 'any' }>({
    query: '',
    ward: null,
    have: 'without',
  })
  const chosen = ref<readonly TraineeId[]>([])
  const isChosen = computed(() => new Set(chosen.value))
  const here = computed(() => all.value?.filter((row) => row.here))
  const shown = computed(() => {
    const query = searchText(filter.query)
    return here.value?.filter(
      (row) =>
        (filter.have === 'any' || !row.hasCode) &&
        (filter.ward === null || row.ward === filter.ward) &&
        (query === '' || row.spelling.includes(query)),
    )
  })
  function toggle(traineeId: TraineeId): void {
    const others = chosen.value.filter((id) => id !== traineeId)
    chosen.value = isChosen.value.has(traineeId) ? others : [...others, traineeId]
  }
  function chooseShown(): void {
    chosen.value = [...new Set([...chosen.value, ...(shown.value ?? []).map(({ traineeId }) => traineeId)])]
  }
  const wards = computed(() => wardsOf(all.value ?? []))
  return { filter, chosen, isChosen, here, shown, wards, toggle, chooseShown }
}

export function useCodeSlips() {
  const choice = useChoice()
  const { chosen, isChosen, here } = choice
  const { codes, making, make } = useMaking()
  const slips = computed(() =>
    (here.value ?? []).flatMap(({ traineeId, name, facilityNumber }): CodeSlip[] => {
      const code = codes.value.get(traineeId)
      return code === undefined ? [] : [{ traineeId, name, facilityNumber, code }]
    }),
  )
  return {
    ...choice,
    slips,
    making,
    withoutCode: computed(() => (here.value ?? []).filter(({ hasCode }) => !hasCode).length),
    /** How many of the chosen have a code now that will stop working. */
    replaced: computed(
      () => (here.value ?? []).filter(({ traineeId, hasCode }) => hasCode && isChosen.value.has(traineeId)).length,
    ),
    clear: () => {
      chosen.value = []
    },
    /** Makes codes for the chosen; whoever got one leaves the choice. */
    async make(): Promise<boolean> {
      const done = await make(chosen.value)
      chosen.value = chosen.value.filter((id) => !codes.value.has(id))
      return done
    },
  }
}
