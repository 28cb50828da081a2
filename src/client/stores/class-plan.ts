// The plan of a new class while it is being made: sensible presets, lessons proposed from the rhythm, and the law asked at every change.
import { computed, reactive, watch } from 'vue'
import type { ActBody } from '#contract/commands/acts.ts'
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import type { CalendarDate, CertificateKind, ClassId, OccupationId, ProviderId, RoomId, SessionId, SkillLevel, StaffId, SyllabusId } from '#contract/values.ts'
import { planClass } from '#domain/training-class/decide-plan.ts'
import { lessonsOf, nextMonday, syllabusMinutes } from '#client/stores/class-rhythm.ts'
import { useToday } from '#client/stores/clock.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { readerOver } from '#client/stores/local-reader.ts'
import { newId } from '#client/stores/new-id.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

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
}

export type PlanField = 'occupation' | 'syllabus' | 'certificateKind' | 'provider' | 'instructors' | 'room' | 'seatCap' | 'startsOn' | 'sessions'

function useHouse() {
  const families = { class: useLiveFamily('class'), provider: useLiveFamily('provider'), staff: useLiveFamily('staff'), room: useLiveFamily('room'), catalogue: useLiveFamily('catalogue') }
  const statesOf = <State>(list: readonly { readonly state: State }[] | undefined) => (list ?? []).map(({ state }) => state)
  const classes = computed(() => statesOf(families.class.value))
  return {
    ready: computed(() => Object.values(families).every((family) => family.value !== undefined)),
    catalogue: computed(() => statesOf(families.catalogue.value).filter(({ occupation }) => occupation !== null)),
    providers: computed(() => statesOf(families.provider.value).filter(({ providerId }) => providerId !== null)),
    instructors: computed(() => statesOf(families.staff.value).filter(({ staffRole, enabled }) => staffRole === 'instructor' && enabled)),
    rooms: computed(() => statesOf(families.room.value).filter(({ roomId }) => roomId !== null)),
    classes,
    /** The plan of the class that begins last: what was right then is likely right again. */
    lastPlan: computed(() => [...classes.value].sort((one, other) => ((one.plan?.startsOn ?? '') < (other.plan?.startsOn ?? '') ? -1 : 1)).at(-1)?.plan ?? null),
    reader: computed(() => readerOver({
      class: families.class.value, provider: families.provider.value, staff: families.staff.value, room: families.room.value, catalogue: families.catalogue.value,
    })),
  }
}
type House = ReturnType<typeof useHouse>

/** What follows from the occupation and level chosen. */
function useContent(draft: PlanDraft, house: House) {
  const entry = computed(() => house.catalogue.value.find(({ occupation }) => occupation?.occupationId === draft.occupationId) ?? null)
  const syllabi = computed(() => (entry.value?.syllabi ?? []).filter(({ skillLevel }) => skillLevel === draft.skillLevel))
  const routes = computed(() => entry.value?.occupation?.certificateRoutes.find(({ skillLevel }) => skillLevel === draft.skillLevel)?.kinds ?? [])
  watch(entry, (chosen) => {
    const levels = chosen?.occupation?.levels ?? []
    if (!levels.includes(draft.skillLevel)) draft.skillLevel = levels.includes(5) ? 5 : (levels[0] ?? 5)
  })
  watch([syllabi, routes], () => {
    if (!syllabi.value.some(({ syllabusId }) => syllabusId === draft.syllabusId)) draft.syllabusId = syllabi.value.at(-1)?.syllabusId ?? null
    if (draft.certificateKind === null || !routes.value.includes(draft.certificateKind)) draft.certificateKind = routes.value.includes('training') ? 'training' : (routes.value[0] ?? null)
  })
  const syllabus = computed(() => syllabi.value.find(({ syllabusId }) => syllabusId === draft.syllabusId) ?? null)
  return { occupation: computed(() => entry.value?.occupation ?? null), syllabi, routes, syllabus, plannedMinutes: computed(() => syllabusMinutes(syllabus.value)) }
}

/** Who may teach it, and the presets that follow from the provider and the room. */
function usePeopleAndPlace(draft: PlanDraft, house: House, seatCapDefault: () => number) {
  const providers = computed(() =>
    house.providers.value.map((provider) => ({
      provider,
      teachesLevel: provider.skillLevels.includes(draft.skillLevel),
      qualified: provider.qualificationValidUntil !== null && (draft.startsOn === '' || provider.qualificationValidUntil >= draft.startsOn),
    })),
  )
  const instructors = computed(() => house.instructors.value.filter(({ providerId }) => providerId === draft.providerId))
  const room = computed(() => house.rooms.value.find(({ roomId }) => roomId === draft.roomId) ?? null)
  watch([providers, () => draft.skillLevel], () => {
    const fit = providers.value.filter(({ teachesLevel, qualified }) => teachesLevel && qualified).map(({ provider }) => provider.providerId)
    const before = house.lastPlan.value?.providerId ?? null
    if (draft.providerId === null) draft.providerId = before !== null && fit.includes(before) ? before : (fit[0] ?? null)
  }, { immediate: true })
  watch(instructors, (list) => {
    const kept = draft.instructorIds.filter((id) => list.some(({ staffId }) => staffId === id))
    const first = list.find(({ staffId }) => staffId !== null && house.lastPlan.value?.instructorIds.includes(staffId)) ?? list[0]
    draft.instructorIds = kept.length === 0 && first?.staffId ? [first.staffId] : kept
  }, { immediate: true })
  watch(house.rooms, (list) => {
    const largest = [...list].sort((one, other) => other.seats - one.seats)[0]
    const before = list.find(({ roomId }) => roomId === house.lastPlan.value?.roomId)
    if (draft.roomId === null) draft.roomId = (before ?? largest)?.roomId ?? null
  }, { immediate: true })
  watch(room, (chosen, before) => {
    const preset = (seats: number) => Math.min(seatCapDefault(), seats)
    if (chosen && (draft.seatCap === null || (before && draft.seatCap === preset(before.seats)))) draft.seatCap = preset(chosen.seats)
  }, { immediate: true })
  return { providers, instructors, room }
}

/** The lessons: proposed anew whenever the rhythm changes, until somebody changes one by hand. */
function useLessons(draft: PlanDraft, plannedMinutes: () => number) {
  const lessons = reactive<{ list: SessionPlan[]; changed: boolean }>({ list: [], changed: false })
  const rhythm = computed(() => ({ startsOn: draft.startsOn, weekdays: [...draft.weekdays], startsAt: draft.startsAt, minutes: draft.minutes, skipHolidays: draft.skipHolidays, planned: plannedMinutes() }))
  function propose() {
    lessons.list = lessonsOf(draft, plannedMinutes(), newId)
    lessons.changed = false
  }
  const inOrder = (list: SessionPlan[]) => [...list].sort((one, other) => (`${one.on} ${one.startsAt}` < `${other.on} ${other.startsAt}` ? -1 : 1))
  function put(session: SessionPlan) {
    lessons.list = inOrder([...lessons.list.filter(({ sessionId }) => sessionId !== session.sessionId), session])
    lessons.changed = true
  }
  function remove(sessionId: SessionId) {
    lessons.list = lessons.list.filter((one) => one.sessionId !== sessionId)
    lessons.changed = true
  }
  watch(rhythm, () => { if (!lessons.changed) propose() }, { immediate: true })
  watch(() => lessons.list.at(-1)?.on ?? '', (last, before) => {
    if (draft.endsOn === '' || draft.endsOn === before || draft.endsOn < last) draft.endsOn = last
  }, { immediate: true })
  return { lessons, propose, put, remove, minutes: computed(() => lessons.list.reduce((sum, { minutes }) => sum + minutes, 0)) }
}

export function useClassPlan() {
  const today = useToday()
  const rules = useHouseRules()
  const signIn = useSignIn()
  const house = useHouse()
  const draft = reactive<PlanDraft>({
    occupationId: null, skillLevel: 5, syllabusId: null, certificateKind: null, providerId: null, instructorIds: [], roomId: null, seatCap: null,
    startsOn: nextMonday(today.value), endsOn: '', weekdays: [1, 2, 3, 4, 5], startsAt: '08:30', minutes: 4 * rules.value.classHourMinutes, skipHolidays: true,
  })
  const content = useContent(draft, house)
  const people = usePeopleAndPlace(draft, house, () => rules.value.seatCapDefault)
  const timetable = useLessons(draft, () => content.plannedMinutes.value)
  const classId = newId() as ClassId

  const classNumber = computed(() => {
    const year = (draft.startsOn || today.value).slice(0, 4)
    const numbers = house.classes.value.flatMap(({ plan }) => (plan?.classNumber.startsWith(`${year}-`) ? [Number(plan.classNumber.slice(5))] : []))
    return `${year}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`
  })
  const missing = computed(() => {
    const open: [PlanField, boolean][] = [
      ['occupation', draft.occupationId === null], ['syllabus', draft.syllabusId === null], ['certificateKind', draft.certificateKind === null],
      ['provider', draft.providerId === null], ['instructors', draft.instructorIds.length === 0], ['room', draft.roomId === null],
      ['seatCap', draft.seatCap === null || draft.seatCap < 1], ['startsOn', draft.startsOn === ''], ['sessions', timetable.lessons.list.length === 0],
    ]
    return open.filter(([, isMissing]) => isMissing).map(([field]) => field)
  })
  const body = computed<ActBody<'planClass'> | null>(() => {
    const { occupationId, syllabusId, certificateKind, providerId, roomId, seatCap } = draft
    if (missing.value.length > 0 || !occupationId || !syllabusId || !certificateKind || !providerId || !roomId || seatCap === null) return null
    return {
      classId, classNumber: classNumber.value, occupationId, skillLevel: draft.skillLevel, syllabusId, providerId, instructorIds: [...draft.instructorIds], roomId,
      startsOn: draft.startsOn as CalendarDate, endsOn: (draft.endsOn || draft.startsOn) as CalendarDate, seatCap, certificateKind, sessions: [...timetable.lessons.list],
    }
  })
  const refusal = computed(() => {
    if (body.value === null || signIn.staff === null || !house.ready.value) return null
    const answer = planClass.decide(body.value, house.reader.value, { actorId: signIn.staff.staffId, role: signIn.staff.role, today: today.value })
    return answer.ok ? null : answer.refusal
  })
  return { draft, house, rules, content, people, timetable, classNumber, missing, body, refusal }
}
