// What a new class can be made of: the house as it is, who teaches what, which room is free. Presets hold until somebody chooses otherwise.
import { type ComputedRef, computed, reactive, watch } from 'vue'
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import type {
  CertificateKind,
  ClassId,
  OccupationId,
  ProviderId,
  RoomId,
  SkillLevel,
  StaffId,
  SyllabusId,
} from '#contract/values.ts'
import type { ProviderState, RoomState, StaffState } from '#domain/access/state.ts'
import { clashingClassNumber } from '#domain/training-class/timetable.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { readerOver } from '#client/stores/local-reader.ts'

/** Everything the form holds. Empty means not chosen yet. */
export interface PlanDraft {
  occupationId: OccupationId | null
  skillLevel: SkillLevel
  syllabusId: SyllabusId | null
  certificateKind: CertificateKind | null
  providerId: ProviderId | null
  instructorIds: StaffId[]
  roomId: RoomId | null
  seatCap: number | null
  startsOn: string
  endsOn: string
  weekdays: number[]
  startsAt: string
  minutes: number | null
  skipHolidays: boolean
  lessonCount: number | null
}

/** The house as this device knows it. */
export function useHouse() {
  const families = {
    class: useLiveFamily('class'),
    provider: useLiveFamily('provider'),
    staff: useLiveFamily('staff'),
    room: useLiveFamily('room'),
    catalogue: useLiveFamily('catalogue'),
  }
  const statesOf = <State>(list: readonly { readonly state: State }[] | undefined) =>
    (list ?? []).map(({ state }) => state)
  const classes = computed(() => statesOf(families.class.value))
  return {
    ready: computed(() => Object.values(families).every((family) => family.value !== undefined)),
    catalogue: computed(() => statesOf(families.catalogue.value).filter(({ occupation }) => occupation !== null)),
    providers: computed(() => statesOf(families.provider.value).filter(({ providerId }) => providerId !== null)),
    instructors: computed(() =>
      statesOf(families.staff.value).filter(({ staffRole, enabled }) => staffRole === 'instructor' && enabled),
    ),
    rooms: computed(() => statesOf(families.room.value).filter(({ roomId }) => roomId !== null)),
    classes,
    /** The plan of the class that begins last: what was right then is likely right again. */
    lastPlan: computed(
      () =>
        [...classes.value]
          .sort((one, other) => ((one.plan?.startsOn ?? '') < (other.plan?.startsOn ?? '') ? -1 : 1))
          .at(-1)?.plan ?? null,
    ),
    reader: computed(() =>
      readerOver({
        class: families.class.value,
        provider: families.provider.value,
        staff: families.staff.value,
        room: families.room.value,
        catalogue: families.catalogue.value,
      }),
    ),
  }
}
export type House = ReturnType<typeof useHouse>

const NOWHERE = '' as RoomId
const NEW_CLASS = '' as ClassId

/** Who is free at the lessons: the number of the class that holds an instructor or a room then, or null. */
function useBusy(house: House, lessons: () => readonly SessionPlan[]) {
  const sessions = computed(() => lessons())
  return {
    ofInstructor: (staffId: StaffId | null) =>
      staffId === null
        ? null
        : clashingClassNumber(
            { classId: NEW_CLASS, roomId: NOWHERE, instructorIds: [staffId] },
            sessions.value,
            house.classes.value,
          ),
    ofRoom: (roomId: RoomId | null) =>
      roomId === null
        ? null
        : clashingClassNumber({ classId: NEW_CLASS, roomId, instructorIds: [] }, sessions.value, house.classes.value),
  }
}

/** What the presets choose from. */
interface Choices {
  readonly providers: ComputedRef<
    readonly {
      readonly provider: ProviderState
      readonly teachesLevel: boolean
      readonly qualified: boolean
      readonly instructors: readonly InstructorChoice[]
    }[]
  >
  readonly instructors: ComputedRef<readonly InstructorChoice[]>
  readonly rooms: ComputedRef<readonly { readonly state: RoomState; readonly busyWith: string | null }[]>
  readonly room: ComputedRef<RoomState | null>
}
interface InstructorChoice {
  readonly staff: StaffState
  readonly busyWith: string | null
}

/** Chooses what was right for the last class as long as it is free; a choice somebody made is never changed. */
function usePresets(draft: PlanDraft, house: House, choices: Choices, seatCapDefault: () => number): void {
  const { providers, instructors, rooms, room } = choices
  const given = reactive<{
    providerId: ProviderId | null
    roomId: RoomId | null
    instructorId: StaffId | null
    seatCap: number | null
  }>({ providerId: null, roomId: null, instructorId: null, seatCap: null })

  function presetProvider() {
    if (draft.providerId !== given.providerId) return
    const fit = providers.value.filter(({ teachesLevel, qualified }) => teachesLevel && qualified)
    const free = fit.filter((one) => one.instructors.some(({ busyWith }) => busyWith === null))
    const choice =
      free.find(({ provider }) => provider.providerId === house.lastPlan.value?.providerId) ?? free[0] ?? fit[0]
    draft.providerId = given.providerId = choice?.provider.providerId ?? null
  }
  function presetInstructor() {
    const ids = instructors.value.map(({ staff }) => staff.staffId)
    const kept = draft.instructorIds.filter((id) => ids.includes(id))
    const untouched = kept.length === 0 || (kept.length === 1 && kept[0] === given.instructorId)
    const choice = instructors.value.find(({ busyWith }) => busyWith === null) ?? instructors.value[0]
    given.instructorId = untouched ? (choice?.staff.staffId ?? null) : given.instructorId
    draft.instructorIds = untouched ? (given.instructorId === null ? [] : [given.instructorId]) : kept
  }
  function presetRoom() {
    if (draft.roomId !== given.roomId) return
    const bySeats = [...rooms.value].sort((one, other) => other.state.seats - one.state.seats)
    const free = bySeats.filter(({ busyWith }) => busyWith === null)
    const choice = free.find(({ state }) => state.roomId === house.lastPlan.value?.roomId) ?? free[0] ?? bySeats[0]
    draft.roomId = given.roomId = choice?.state.roomId ?? null
  }
  function presetSeats() {
    if (draft.seatCap === given.seatCap && room.value)
      draft.seatCap = given.seatCap = Math.min(seatCapDefault(), room.value.seats)
  }
  watch([providers, house.lastPlan], presetProvider, { immediate: true })
  watch(instructors, presetInstructor, { immediate: true })
  watch([rooms, house.lastPlan], presetRoom, { immediate: true })
  watch(room, presetSeats, { immediate: true })
}

/** Who may teach it and where, with who is busy at the time. */
export function usePeopleAndPlace(
  draft: PlanDraft,
  house: House,
  lessons: () => readonly SessionPlan[],
  seatCapDefault: () => number,
) {
  const busy = useBusy(house, lessons)
  const providers = computed(() =>
    house.providers.value.map((provider) => ({
      provider,
      teachesLevel: provider.skillLevels.includes(draft.skillLevel),
      qualified:
        provider.qualificationValidUntil !== null &&
        (draft.startsOn === '' || provider.qualificationValidUntil >= draft.startsOn),
      instructors: house.instructors.value
        .filter(({ providerId }) => providerId === provider.providerId)
        .map((staff) => ({ staff, busyWith: busy.ofInstructor(staff.staffId) })),
    })),
  )
  const instructors = computed(
    () => providers.value.find(({ provider }) => provider.providerId === draft.providerId)?.instructors ?? [],
  )
  const rooms = computed(() => house.rooms.value.map((state) => ({ state, busyWith: busy.ofRoom(state.roomId) })))
  const room = computed(() => house.rooms.value.find(({ roomId }) => roomId === draft.roomId) ?? null)
  usePresets(draft, house, { providers, instructors, rooms, room }, seatCapDefault)
  return { providers, instructors, rooms, room }
}
