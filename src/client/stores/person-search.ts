// Finding a person by what somebody writes: number, name, pinyin or its first letters.
import type { TraineeIdentity } from '#contract/vault.ts'
import { searchText } from '#client/stores/people-list.ts'

/** How well a person fits what was written: 0 his whole number, 1 a beginning, 2 somewhere inside; null not at all or nothing written. */
export function placeOfPerson(identity: TraineeIdentity | undefined, text: string): 0 | 1 | 2 | null {
  const query = searchText(text)
  if (identity === undefined || query === '') return null
  const { facilityNumber, name, pinyin, initials } = identity
  if (searchText(facilityNumber) === query) return 0
  const spellings = [name, pinyin, initials, facilityNumber].map(searchText)
  if (spellings.some((one) => one.startsWith(query))) return 1
  return spellings.some((one) => one.includes(query)) ? 2 : null
}

/** Those who fit, the best first; among equals by number, 9 before 10. */
export function searchPeople<Found extends { readonly identity: TraineeIdentity | undefined }>(
  all: Iterable<Found>,
  text: string,
): Found[] {
  const byNumber = new Intl.Collator('en', { numeric: true })
  return [...all]
    .flatMap((one) => {
      const place = placeOfPerson(one.identity, text)
      return place === null ? [] : [{ one, place, number: one.identity?.facilityNumber ?? '' }]
    })
    .sort((left, right) => left.place - right.place || byNumber.compare(left.number, right.number))
    .map(({ one }) => one)
}
