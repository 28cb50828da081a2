// What of the list of people is shown. Kept while somebody looks at one person and comes back; forgotten when the screen is locked.
import { defineStore } from 'pinia'
import { computed, reactive, type Ref, watch } from 'vue'
import type { CalendarDate, OccupationId, SkillLevel } from '#contract/values.ts'
import { addDays } from '#domain/shared/calendar.ts'
import { useToday } from '#client/stores/clock.ts'
import { type EligibilityLight, type PersonRow, searchText, usePeopleRows } from '#client/stores/people-list.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

/** One kind of wish to look for. */
export interface WishFilter {
  readonly occupationId: OccupationId
  readonly skillLevel: SkillLevel
}

/** `on` empty: today. A `ward` of null means every ward. */
export interface PeopleFilter {
  query: string
  light: 'all' | EligibilityLight
  ward: string | null
  wishes: 'any' | 'with' | 'without'
  place: 'any' | 'in' | 'out'
  who: 'here' | 'left'
  on: string
  wish: WishFilter | null
}

const NOTHING: PeopleFilter = {
  query: '',
  light: 'all',
  ward: null,
  wishes: 'any',
  place: 'any',
  who: 'here',
  on: '',
  wish: null,
}
/** How far ahead somebody counts as soon. */
export const SOON_DAYS = 30

export const usePeopleFilter = defineStore('people-filter', () => {
  const signIn = useSignIn()
  const filter = reactive<PeopleFilter>({ ...NOTHING })
  const reset = (): void => void Object.assign(filter, NOTHING)
  /** How many conditions besides the search and the light are set. */
  const conditions = computed(
    () =>
      [
        filter.ward !== null,
        filter.wishes !== 'any',
        filter.place !== 'any',
        filter.who !== 'here',
        filter.on !== '',
        filter.wish !== null,
      ].filter(Boolean).length,
  )
  watch(
    () => signIn.unlocked,
    (unlocked) => {
      if (!unlocked) reset()
    },
  )
  return { filter, conditions, reset }
})

/** Whether a person fits everything but the light, so that the lights can be counted. */
function fits(row: PersonRow, filter: PeopleFilter, query: string): boolean {
  if (row.here !== (filter.who === 'here')) return false
  if (filter.ward !== null && row.ward !== filter.ward) return false
  if (filter.wishes !== 'any' && row.wishes.length > 0 !== (filter.wishes === 'with')) return false
  if (filter.place !== 'any' && (row.trainingClass !== null) !== (filter.place === 'in')) return false
  const { wish } = filter
  const wants =
    wish === null ||
    row.wishes.some((one) => one.occupationId === wish.occupationId && one.skillLevel === wish.skillLevel)
  return wants && (query === '' || row.spelling.includes(query))
}

const dayOf = ({ eligibility }: PersonRow): string => eligibility.eligibleFrom ?? '9999'
const byDay = (one: PersonRow, other: PersonRow): number =>
  dayOf(one) < dayOf(other) ? -1 : dayOf(one) > dayOf(other) ? 1 : 0

function countLights(rows: readonly PersonRow[]): Record<EligibilityLight, number> {
  const counts = { now: 0, later: 0, never: 0 }
  for (const { light } of rows) counts[light] += 1
  return counts
}

function figuresOf(rows: readonly PersonRow[], on: CalendarDate) {
  const here = rows.filter((row) => row.here)
  const soonest = addDays(on, SOON_DAYS)
  return {
    here: here.length,
    ...countLights(here),
    soon: here.filter(({ light, eligibility }) => light === 'later' && (eligibility.eligibleFrom ?? '9999') <= soonest)
      .length,
    wishing: here.filter(({ wishes }) => wishes.length > 0).length,
    placed: here.filter(({ trainingClass }) => trainingClass !== null).length,
  }
}

/** Everyone, who of them is shown, how many there are of each light, and the wards there are. */
export function usePeopleList() {
  const today = useToday()
  const { filter } = usePeopleFilter()
  const on: Ref<CalendarDate> = computed(() => (filter.on === '' ? today.value : (filter.on as CalendarDate)))
  const all = usePeopleRows(on)
  const fitting = computed(() => {
    // A plain copy: a reactive one would be tracked again for every person.
    const asked = { ...filter }
    const query = searchText(asked.query)
    return all.value?.filter((row) => fits(row, asked, query))
  })
  const shown = computed(() => {
    const asked = filter.light
    if (asked === 'all') return fitting.value
    const rows = fitting.value?.filter(({ light }) => light === asked)
    // Who waits for a day is asked for by the day.
    return asked === 'later' ? rows?.sort(byDay) : rows
  })
  return {
    filter,
    on,
    all,
    shown,
    counts: computed(() => countLights(fitting.value ?? [])),
    fittingCount: computed(() => fitting.value?.length ?? 0),
    figures: computed(() => figuresOf(all.value ?? [], on.value)),
    wards: computed(() => wardsOf(all.value ?? [])),
  }
}

/** The wards named in the list, in order. */
export function wardsOf(rows: readonly PersonRow[]): readonly string[] {
  return [...new Set(rows.filter(({ here, ward }) => here && ward !== '').map(({ ward }) => ward))].sort(
    new Intl.Collator('zh-CN', { numeric: true }).compare,
  )
}
