// Whether this tablet may lose the network: the program is kept by the browser, the records were pulled once, and the names are here.
import { computed, type ComputedRef, shallowRef } from 'vue'
import { activeMembers } from '#domain/enrollment/roster.ts'
import { useMyClasses } from '#client/stores/day-list-classes.ts'
import { usePeople } from '#client/stores/people.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'

export type OfflinePart = 'program' | 'records' | 'names'

/** `impossible`: this browser keeps no program, e.g. without https. `missing` are the parts not here yet; `done` of `all` are. */
export interface OfflineReadiness {
  readonly state: 'ready' | 'preparing' | 'impossible'
  readonly missing: readonly OfflinePart[]
  readonly done: number
  readonly all: number
}

/** The program is kept once its worker is active: a worker is installed only with every file it has to keep. */
function useKeptProgram() {
  const workers = globalThis.navigator?.serviceWorker as ServiceWorkerContainer | undefined
  const kept = shallowRef(false)
  void workers?.ready.then(() => {
    kept.value = true
  })
  return { possible: workers !== undefined, kept }
}

export function useOfflineReady(): ComputedRef<OfflineReadiness> {
  const program = useKeptProgram()
  const sync = useSyncStatus()
  const people = usePeople()
  const mine = useMyClasses()
  const hasNames = computed(
    () =>
      people.ready &&
      mine.value !== undefined &&
      mine.value
        .filter(({ state }) => state.phase === 'planned' || state.phase === 'open')
        .flatMap(({ roster }) => activeMembers(roster))
        .every(({ traineeId }) => people.traineeOf(traineeId) !== undefined),
  )
  return computed(() => {
    const parts: readonly (readonly [OfflinePart, boolean])[] = [
      ['program', program.kept.value],
      ['records', sync.lastSyncAt !== null],
      ['names', sync.lastSyncAt !== null && hasNames.value],
    ]
    const missing = parts.filter(([, isHere]) => !isHere).map(([part]) => part)
    const state = !program.possible ? 'impossible' : missing.length === 0 ? 'ready' : 'preparing'
    return { state, missing, done: parts.length - missing.length, all: parts.length }
  })
}
