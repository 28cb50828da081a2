// Finding an occupation by what a person writes: characters, pinyin, the first letters of it, English.
import type { Occupation } from '#contract/kinds/catalogue.ts'

// Blanks, marks of tone and full-width letters do not matter, nor do capitals.
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}|['’\s]/gu, '')
    .toLowerCase()
}

function startsAWord(text: string, query: string): boolean {
  const words = text.split(/\s+/)
  return words.some((_, place) => plain(words.slice(place).join('')).startsWith(query))
}

/** How well an occupation fits: 0 best, null not at all. */
function placeOf(occupation: Occupation, query: string): number | null {
  const { name, pinyin, initials, summary, group, description, day } = occupation
  const calledSo = [name.zh, pinyin, initials, name.en]
  if (calledSo.some((text) => plain(text).startsWith(query))) return 0
  if (
    plain(name.zh).includes(query) ||
    initials.includes(query) ||
    startsAWord(pinyin, query) ||
    startsAWord(name.en, query)
  )
    return 1
  // Two letters stand in nearly every English sentence.
  if (/^[a-z]{1,2}$/.test(query)) return null
  const toldOf = [summary, group.name, group.hint].flatMap(({ zh, en }) => [zh, en])
  if (toldOf.some((text) => plain(text).includes(query))) return 2
  const furtherOn = [...description, ...day.map((step) => step.text)].flatMap(({ zh, en }) => [zh, en])
  return furtherOn.some((text) => plain(text).includes(query)) ? 3 : null
}

/** The items whose occupation fits what was written, the best first; none for blanks. */
export function searchCatalogue<Item extends { readonly occupation: Occupation }>(
  items: readonly Item[],
  text: string,
): Item[] {
  if (text.trim() === '') return []
  const query = plain(text)
  if (query === '') return []
  return items
    .flatMap((item) => {
      const place = placeOf(item.occupation, query)
      return place === null ? [] : [{ item, place }]
    })
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
