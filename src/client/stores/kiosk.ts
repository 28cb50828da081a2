// What the kiosk shows of the catalogue, and the ranking a trainee is making. It holds nobody's name.
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { Occupation, Syllabus } from '#contract/kinds/catalogue.ts'
import type { Wish, WishReason } from '#contract/kinds/trainee.ts'
import type { SkillLevel } from '#contract/values.ts'
import { searchCatalogue } from './kiosk-search.ts'
import { useLiveFamily } from './live-state.ts'
import { useOwnCard } from './own-card.ts'
import { useRecorder } from './record.ts'
import type { Recorded } from './record.ts'

export interface CatalogueItem {
  readonly occupation: Occupation
  readonly syllabi: readonly Syllabus[]
}

export interface CatalogueGroup {
  readonly groupId: string
  readonly group: Occupation['group']
  readonly items: readonly CatalogueItem[]
}

export const WISHES_MAX = 3

/** What one may wish for: a skill at a level, without the reason. */
export type Wanted = Pick<Wish, 'occupationId' | 'skillLevel'>

function groupsOf(items: readonly CatalogueItem[]): CatalogueGroup[] {
  const groups = new Map<string, CatalogueItem[]>()
  for (const item of items) {
    const { groupId } = item.occupation.group
    groups.set(groupId, [...(groups.get(groupId) ?? []), item])
  }
  return [...groups.values()]
    .flatMap((members) =>
      members[0]
        ? [{ groupId: members[0].occupation.group.groupId, group: members[0].occupation.group, items: members }]
        : [],
    )
    .sort((one, other) => one.group.order - other.group.order)
}

// The same place for ever, so that people who do not read find it again: families come from the disk in no order.
function inPlace(one: CatalogueItem, other: CatalogueItem): number {
  const [left, right] = [one.occupation, other.occupation]
  return left.group.order - right.group.order || (left.pinyin < right.pinyin ? -1 : left.pinyin > right.pinyin ? 1 : 0)
}

const sameWish = (one: Wanted, other: Wanted): boolean =>
  one.occupationId === other.occupationId && one.skillLevel === other.skillLevel
const holds = (list: readonly Wish[], wish: Wanted): boolean => list.some((one) => sameWish(one, wish))

function sameRanking(one: readonly Wish[], other: readonly Wish[]): boolean {
  return (
    one.length === other.length &&
    one.every((wish, place) => {
      const there = other[place]
      return there !== undefined && sameWish(wish, there) && wish.reason === there.reason
    })
  )
}

// The ranking with one wish a place further; as it was where there is no such place.
function moved(wishes: readonly Wish[], index: number, by: -1 | 1): readonly Wish[] {
  const list = [...wishes]
  const to = index + by
  const [wish] = list.splice(index, 1)
  if (wish === undefined || to < 0 || to > list.length) return wishes
  list.splice(to, 0, wish)
  return list
}

/** The level somebody without a certificate begins at: of those offered the one with the highest number. */
export function firstLevelOf(occupation: Occupation): SkillLevel {
  return occupation.levels.reduce((lowest, level) => (level > lowest ? level : lowest))
}

export const useKiosk = defineStore('kiosk', () => {
  const catalogue = useLiveFamily('catalogue')
  const own = useOwnCard()
  const recorder = useRecorder()

  const items = computed<CatalogueItem[] | undefined>(() =>
    catalogue.value
      ?.flatMap(({ state }) => (state.occupation ? [{ occupation: state.occupation, syllabi: state.syllabi }] : []))
      .sort(inPlace),
  )
  const groups = computed(() => (items.value ? groupsOf(items.value) : undefined))
  const query = ref('')
  const found = computed(() => searchCatalogue(items.value ?? [], query.value))

  /** Chosen while no card was open; with a card, those of them that found no place. */
  const picked = ref<readonly Wish[]>([])
  /** The ranking that is being made with a card; null while it is as registered. */
  const draft = ref<readonly Wish[] | null>(null)
  /** What was registered since the card was opened: the card itself is of an earlier moment. */
  const settled = ref<readonly Wish[] | null>(null)
  const registering = ref(false)
  const registered = computed<readonly Wish[]>(() => (own.card === null ? [] : (settled.value ?? own.wishes)))
  const joined = computed(() => [...registered.value, ...picked.value.filter((wish) => !holds(registered.value, wish))])
  const wishes = computed<readonly Wish[]>(() =>
    own.card === null ? picked.value : (draft.value ?? joined.value.slice(0, WISHES_MAX)),
  )
  const left = computed<readonly Wish[]>(() =>
    own.card === null ? [] : draft.value === null ? joined.value.slice(WISHES_MAX) : picked.value,
  )
  const touched = computed(() => !sameRanking(wishes.value, registered.value))
  const full = computed(() => wishes.value.length >= WISHES_MAX)

  function itemOf(id: string): CatalogueItem | undefined {
    return items.value?.find((item) => item.occupation.occupationId === id)
  }
  /** The place of a wish in the ranking from 1 on; 0 when it is not there. */
  function rankOf(wish: Wanted): number {
    return wishes.value.findIndex((one) => sameWish(one, wish)) + 1
  }
  function rank(list: readonly Wish[]): void {
    if (own.card === null) {
      picked.value = list
      return
    }
    picked.value = left.value.filter((wish) => !holds(list, wish))
    draft.value = list
  }
  function add({ occupationId, skillLevel, reason = null }: Wanted & Partial<Wish>): 'added' | 'there' | 'full' {
    const wish: Wish = { occupationId, skillLevel, reason }
    if (rankOf(wish) > 0) return 'there'
    if (full.value) return 'full'
    rank([...wishes.value, wish])
    return 'added'
  }
  function move(index: number, by: -1 | 1): void {
    rank(moved(wishes.value, index, by))
  }
  function remove(index: number): void {
    rank(wishes.value.filter((_, place) => place !== index))
  }
  function giveReason(index: number, reason: WishReason | null): void {
    rank(wishes.value.map((wish, place) => (place === index ? { ...wish, reason } : wish)))
  }
  function startOver(): void {
    query.value = ''
    picked.value = []
    draft.value = null
    settled.value = null
  }
  /** Registers the ranking as it stands; null when nobody's card is open, or no longer the same one when it is done. */
  async function register(): Promise<Recorded | null> {
    const { card } = own
    if (card === null || registering.value) return null
    const ranking = [...wishes.value]
    registering.value = true
    const recorded = await recorder.record({
      name: 'registerWishes',
      body: { traineeId: card.traineeId, wishes: ranking },
    })
    registering.value = false
    if (own.card?.traineeId !== card.traineeId) return null
    if (recorded.ok) {
      settled.value = ranking
      draft.value = null
      picked.value = []
    }
    return recorded
  }
  // Whoever comes next begins with nothing of the one before.
  watch(
    () => own.card?.traineeId ?? null,
    (_, before) => {
      if (before !== null) startOver()
    },
    { flush: 'sync' },
  )
  return {
    items,
    groups,
    query,
    found,
    registered,
    wishes,
    left,
    touched,
    full,
    registering,
    itemOf,
    rankOf,
    rank,
    add,
    move,
    remove,
    giveReason,
    startOver,
    register,
  }
})
