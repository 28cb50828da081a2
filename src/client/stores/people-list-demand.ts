// What people would like to learn: wishes counted by occupation, level and rank.
import { computed, ref } from 'vue'
import type { Occupation } from '#contract/kinds/catalogue.ts'
import type { OccupationId, SkillLevel } from '#contract/values.ts'
import { useToday } from '#client/stores/clock.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { type PersonRow, usePeopleRows } from '#client/stores/people-list.ts'
import { wardsOf } from '#client/stores/people-list-filter.ts'

/** Wishes for one occupation at one level: how many by rank, and how many of these people may not be trained today or are in a class already. */
export interface DemandRow {
  readonly key: string
  readonly occupationId: OccupationId
  readonly occupation: Occupation | null
  readonly skillLevel: SkillLevel
  readonly ranks: readonly [number, number, number]
  readonly notYet: number
  readonly placed: number
}

interface Counting {
  readonly occupationId: OccupationId
  readonly skillLevel: SkillLevel
  readonly ranks: [number, number, number]
  notYet: number
  placed: number
}

function countWishes(people: readonly PersonRow[]): ReadonlyMap<string, Counting> {
  const demand = new Map<string, Counting>()
  for (const { wishes, light, trainingClass } of people) {
    for (const [rank, { occupationId, skillLevel }] of wishes.entries()) {
      const key = `${occupationId}/${skillLevel}`
      const row = demand.get(key) ?? { occupationId, skillLevel, ranks: [0, 0, 0], notYet: 0, placed: 0 }
      demand.set(key, row)
      if (rank === 0 || rank === 1 || rank === 2) row.ranks[rank] += 1
      if (light !== 'now') row.notYet += 1
      if (trainingClass !== null) row.placed += 1
    }
  }
  return demand
}

// More first wishes first, then more second ones, then more third ones.
function byWeight(one: DemandRow, other: DemandRow): number {
  return (
    other.ranks[0] - one.ranks[0] ||
    other.ranks[1] - one.ranks[1] ||
    other.ranks[2] - one.ranks[2] ||
    (one.key < other.key ? -1 : 1)
  )
}

export function useDemand() {
  const today = useToday()
  const all = usePeopleRows(today)
  const catalogue = useLiveFamily('catalogue')
  const ward = ref<string | null>(null)
  const occupations = computed(
    () =>
      new Map(
        (catalogue.value ?? []).flatMap(({ state: { occupation } }) =>
          occupation ? [[occupation.occupationId, occupation] as const] : [],
        ),
      ),
  )
  const people = computed(() =>
    all.value?.filter(({ here, ward: of }) => here && (ward.value === null || of === ward.value)),
  )
  const rows = computed(() => {
    if (people.value === undefined || catalogue.value === undefined) return undefined
    const counted = [...countWishes(people.value)].map(
      ([key, row]): DemandRow => ({ key, ...row, occupation: occupations.value.get(row.occupationId) ?? null }),
    )
    return counted.sort(byWeight)
  })
  return {
    ward,
    rows,
    wards: computed(() => wardsOf(all.value ?? [])),
    figures: computed(() => {
      const here = people.value ?? []
      const wishing = here.filter(({ wishes }) => wishes.length > 0)
      return {
        here: here.length,
        wishing: wishing.length,
        silent: here.length - wishing.length,
        ready: wishing.filter(({ light, trainingClass }) => light === 'now' && trainingClass === null).length,
      }
    }),
  }
}
