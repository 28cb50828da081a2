// The plan of a new class while it is being made: sensible presets, lessons proposed from the rhythm, and the law asked at every change.
import { type ComputedRef, computed, reactive, watch } from 'vue'
import type { ActBody } from '#contract/commands/acts.ts'
import type { SessionPlan } from '#contract/kinds/training-class.ts'
import type { CalendarDate, ClassId, SessionId } from '#contract/values.ts'
import { planClass } from '#domain/training-class/decide-plan.ts'
import { type House, type PlanDraft, useHouse, usePeopleAndPlace } from '#client/stores/class-plan-house.ts'
import { syllabusMinutes } from '#domain/catalogue/syllabus-minutes.ts'
import { lessonsOf, nextMonday } from '#client/stores/class-rhythm.ts'
import { useToday } from '#client/stores/clock.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { newId } from '#client/stores/new-id.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

type PlanField =
  | 'occupation'
  | 'syllabus'
  | 'certificateKind'
  | 'provider'
  | 'instructors'
  | 'room'
  | 'seatCap'
  | 'startsOn'
  | 'sessions'

/** What follows from the occupation and level chosen. */
function useContent(draft: PlanDraft, house: House) {
  const entry = computed(
    () => house.catalogue.value.find(({ occupation }) => occupation?.occupationId === draft.occupationId) ?? null,
  )
  const syllabi = computed(() =>
    (entry.value?.syllabi ?? []).filter(({ skillLevel }) => skillLevel === draft.skillLevel),
  )
  const routes = computed(
    () =>
      entry.value?.occupation?.certificateRoutes.find(({ skillLevel }) => skillLevel === draft.skillLevel)?.kinds ?? [],
  )
  watch(entry, (chosen) => {
    const levels = chosen?.occupation?.levels ?? []
    if (!levels.includes(draft.skillLevel)) draft.skillLevel = levels.includes(5) ? 5 : (levels[0] ?? 5)
  })
  watch([syllabi, routes], () => {
    if (!syllabi.value.some(({ syllabusId }) => syllabusId === draft.syllabusId))
      draft.syllabusId = syllabi.value.at(-1)?.syllabusId ?? null
    if (draft.certificateKind === null || !routes.value.includes(draft.certificateKind))
      draft.certificateKind = routes.value.includes('training') ? 'training' : (routes.value[0] ?? null)
  })
  const syllabus = computed(() => syllabi.value.find(({ syllabusId }) => syllabusId === draft.syllabusId) ?? null)
  return {
    occupation: computed(() => entry.value?.occupation ?? null),
    syllabi,
    routes,
    syllabus,
    plannedMinutes: computed(() => syllabusMinutes(syllabus.value)),
  }
}

/** The lessons: proposed anew whenever the rhythm changes, until somebody changes one by hand. */
function useLessons(draft: PlanDraft, plannedMinutes: () => number) {
  const lessons = reactive<{ list: SessionPlan[]; changed: boolean }>({ list: [], changed: false })
  const rhythm = computed(() => ({
    startsOn: draft.startsOn,
    weekdays: [...draft.weekdays],
    startsAt: draft.startsAt,
    minutes: draft.minutes,
    skipHolidays: draft.skipHolidays,
    lessonCount: draft.lessonCount,
    planned: plannedMinutes(),
  }))
  function propose() {
    lessons.list = lessonsOf(draft, plannedMinutes(), newId)
    lessons.changed = false
  }
  const inOrder = (list: SessionPlan[]) =>
    [...list].sort((one, other) => (`${one.on} ${one.startsAt}` < `${other.on} ${other.startsAt}` ? -1 : 1))
  function put(session: SessionPlan) {
    lessons.list = inOrder([...lessons.list.filter(({ sessionId }) => sessionId !== session.sessionId), session])
    lessons.changed = true
  }
  function remove(sessionId: SessionId) {
    lessons.list = lessons.list.filter((one) => one.sessionId !== sessionId)
    lessons.changed = true
  }
  watch(
    rhythm,
    () => {
      if (!lessons.changed) propose()
    },
    { immediate: true },
  )
  watch(
    () => lessons.list.at(-1)?.on ?? '',
    (last, before) => {
      if (draft.endsOn === '' || draft.endsOn === before || draft.endsOn < last) draft.endsOn = last
    },
    { immediate: true },
  )
  return {
    lessons,
    propose,
    put,
    remove,
    minutes: computed(() => lessons.list.reduce((sum, { minutes }) => sum + minutes, 0)),
  }
}

/** What is still to be chosen, and the plan as the server takes it once nothing is. */
function usePlanBody(draft: PlanDraft, classNumber: ComputedRef<string>, lessons: () => readonly SessionPlan[]) {
  const classId = newId() as ClassId
  const missing = computed(() => {
    const open: [PlanField, boolean][] = [
      ['occupation', draft.occupationId === null],
      ['syllabus', draft.syllabusId === null],
      ['certificateKind', draft.certificateKind === null],
      ['provider', draft.providerId === null],
      ['instructors', draft.instructorIds.length === 0],
      ['room', draft.roomId === null],
      ['seatCap', draft.seatCap === null || draft.seatCap < 1],
      ['startsOn', draft.startsOn === ''],
      ['sessions', lessons().length === 0],
    ]
    return open.filter(([, isMissing]) => isMissing).map(([field]) => field)
  })
  const body = computed<ActBody<'planClass'> | null>(() => {
    const { occupationId, syllabusId, certificateKind, providerId, roomId, seatCap } = draft
    if (
      missing.value.length > 0 ||
      !occupationId ||
      !syllabusId ||
      !certificateKind ||
      !providerId ||
      !roomId ||
      seatCap === null
    )
      return null
    return {
      classId,
      classNumber: classNumber.value,
      occupationId,
      skillLevel: draft.skillLevel,
      syllabusId,
      providerId,
      instructorIds: [...draft.instructorIds],
      roomId,
      startsOn: draft.startsOn as CalendarDate,
      endsOn: (draft.endsOn || draft.startsOn) as CalendarDate,
      seatCap,
      certificateKind,
      sessions: [...lessons()],
    }
  })
  return { missing, body }
}

const LESSON_CLASS_HOURS = 4

/** The form before anybody touched it. */
function firstDraft(today: CalendarDate, classHourMinutes: number): PlanDraft {
  return {
    occupationId: null,
    skillLevel: 5,
    syllabusId: null,
    certificateKind: null,
    providerId: null,
    instructorIds: [],
    roomId: null,
    seatCap: null,
    startsOn: nextMonday(today),
    endsOn: '',
    weekdays: [1, 2, 3, 4, 5],
    startsAt: '08:30',
    minutes: LESSON_CLASS_HOURS * classHourMinutes,
    skipHolidays: true,
    lessonCount: null,
  }
}

export function useClassPlan() {
  const today = useToday()
  const rules = useHouseRules()
  const signIn = useSignIn()
  const house = useHouse()
  const draft = reactive(firstDraft(today.value, rules.value.classHourMinutes))
  const content = useContent(draft, house)
  const timetable = useLessons(draft, () => content.plannedMinutes.value)
  const people = usePeopleAndPlace(
    draft,
    house,
    () => timetable.lessons.list,
    () => rules.value.seatCapDefault,
  )
  const classNumber = computed(() => {
    const year = (draft.startsOn || today.value).slice(0, 4)
    const numbers = house.classes.value.flatMap(({ plan }) =>
      plan?.classNumber.startsWith(`${year}-`) ? [Number(plan.classNumber.slice(5))] : [],
    )
    return `${year}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`
  })
  const { missing, body } = usePlanBody(draft, classNumber, () => timetable.lessons.list)
  const refusal = computed(() => {
    if (body.value === null || signIn.staff === null || !house.ready.value) return null
    const answer = planClass.decide(body.value, house.reader.value, {
      actorId: signIn.staff.staffId,
      role: signIn.staff.role,
      today: today.value,
    })
    return answer.ok ? null : answer.refusal
  })
  /** A first day that is over: allowed, since records may be entered late, but never by a slip. Null when it is still to come. */
  const past = computed(() => {
    if (draft.startsOn === '' || draft.startsOn >= today.value) return null
    return { startsOn: draft.startsOn, lessons: timetable.lessons.list.filter(({ on }) => on < today.value).length }
  })
  return { draft, house, rules, content, people, timetable, classNumber, missing, body, refusal, past }
}
