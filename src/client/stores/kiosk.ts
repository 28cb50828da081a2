// What the kiosk shows of the catalogue, and the ranking a trainee is making. It holds nobody's name.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Occupation, Syllabus } from '#contract/kinds/catalogue.ts'
import type { Wish } from '#contract/kinds/trainee.ts'
import type { OccupationId, SkillLevel } from '#contract/values.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { useOwnCard } from '#client/stores/own-card.ts'
import { useRecorder } from '#client/stores/record.ts'

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

function matches(item: CatalogueItem, query: string): boolean {
  const { occupation } = item
  const spellings = [occupation.name.zh, occupation.name.en, occupation.pinyin, occupation.pinyin.replaceAll(' ', ''), occupation.initials, occupation.summary.zh]
  return spellings.some((spelling) => spelling.toLowerCase().includes(query))
}

function groupsOf(items: readonly CatalogueItem[]): CatalogueGroup[] {
  const groups = new Map<string, CatalogueItem[]>()
  for (const item of items) {
    const { groupId } = item.occupation.group
    groups.set(groupId, [...(groups.get(groupId) ?? []), item])
  }
  return [...groups.values()]
    .flatMap((members) => (members[0] ? [{ groupId: members[0].occupation.group.groupId, group: members[0].occupation.group, items: members }] : []))
    .sort((one, other) => one.group.order - other.group.order)
}

const sameWish = (one: Wish, other: Wish): boolean => one.occupationId === other.occupationId && one.skillLevel === other.skillLevel

export const useKiosk = defineStore('kiosk', () => {
  const catalogue = useLiveFamily('catalogue')
  const own = useOwnCard()
  const recorder = useRecorder()

  const items = computed<CatalogueItem[] | undefined>(() =>
    catalogue.value?.flatMap(({ state }) => (state.occupation ? [{ occupation: state.occupation, syllabi: state.syllabi }] : [])),
  )
  const groups = computed(() => (items.value ? groupsOf(items.value) : undefined))
  const draft = ref<Wish[] | null>(null)
  const wishes = computed<readonly Wish[]>(() => draft.value ?? own.wishes)
  const touched = computed(() => draft.value !== null)

  function itemOf(id: string): CatalogueItem | undefined {
    return items.value?.find((item) => item.occupation.occupationId === id)
  }
  function search(text: string): CatalogueItem[] {
    const query = text.trim().toLowerCase()
    return query === '' ? [] : (items.value ?? []).filter((item) => matches(item, query))
  }
  function has(occupationId: OccupationId, skillLevel: SkillLevel): boolean {
    return wishes.value.some((wish) => sameWish(wish, { occupationId, skillLevel }))
  }
  function add(wish: Wish): 'added' | 'there' | 'full' {
    if (has(wish.occupationId, wish.skillLevel)) return 'there'
    if (wishes.value.length >= WISHES_MAX) return 'full'
    draft.value = [...wishes.value, wish]
    return 'added'
  }
  function move(index: number, by: -1 | 1) {
    const list = [...wishes.value]
    const [wish] = list.splice(index, 1)
    if (wish) list.splice(index + by, 0, wish)
    draft.value = list
  }
  function remove(index: number) {
    draft.value = wishes.value.filter((_, place) => place !== index)
  }
  function startOver() {
    draft.value = null
  }
  async function register() {
    const card = own.card
    if (!card) return null
    const recorded = await recorder.record({ name: 'registerWishes', body: { traineeId: card.traineeId, wishes: [...wishes.value] } })
    if (recorded.ok) draft.value = null
    return recorded
  }
  return { items, groups, wishes, touched, itemOf, search, has, add, move, remove, startOver, register }
})
