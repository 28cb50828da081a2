// Who plays in the journey: the people of the fixture roster who may be enrolled, told apart by name and number.
import { fictionalPeople } from '#test/fixtures/spreadsheets/fictional-people.ts'
import { roster240 } from '#test/fixtures/spreadsheets/roster-cases.ts'

export interface PlayedPerson {
  readonly name: string
  readonly facilityNumber: string
  readonly idNumber: string
}

/** The seed of the people in the fixture roster. */
const ROSTER_SEED = 20261124
/** Years well inside the working age of either sex. */
const AGE_MAX = { 男: 55, 女: 45 } as const

/** Today as the facility counts days. */
export function todayInShanghai(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}

/** Rare characters, four-byte characters and names of minorities: they come first, so that they pass through every step. */
const NOTABLE = /[·\u3400-\u4dbf\u{10000}-\u{3ffff}]/u

/**
 * So many people of the roster whose rows are flawless, who are able to work, of working age, and have at least two months and
 * less than a year left; no two share a name.
 */
export function enrollablePeople(asOf: string, count: number): PlayedPerson[] {
  const people = fictionalPeople(240, asOf, ROSTER_SEED)
  const rows = roster240(asOf)
  const found = new Map<string, PlayedPerson>()
  for (const [index, { name, facilityNumber, idNumber, bornOn, termEndsOn, workCapable, sex }] of people.entries()) {
    const row = rows[index]
    const isFlawless = row !== undefined && !row.isError && row.codes.length === 0
    const isFit =
      workCapable === '是' &&
      Number(asOf.slice(0, 4)) - Number(bornOn.slice(0, 4)) < AGE_MAX[sex === '女' ? '女' : '男']
    const isInTime = daysBetween(asOf, termEndsOn) >= 60 && daysBetween(asOf, termEndsOn) <= 360
    if (isFlawless && isFit && isInTime && !found.has(name)) found.set(name, { name, facilityNumber, idNumber })
  }
  if (found.size < count) throw new Error(`the roster has only ${found.size} people who may be enrolled`)
  const all = [...found.values()]
  const isNotable = ({ name }: PlayedPerson) => NOTABLE.test(name)
  return [...all.filter(isNotable), ...all.filter((person) => !isNotable(person))].slice(0, count)
}

/** Every name and number of the roster: what must stand in no address. */
export function rosterSecrets(asOf: string): string[] {
  return fictionalPeople(240, asOf, ROSTER_SEED).flatMap(({ name, facilityNumber, idNumber }) => [
    name,
    facilityNumber,
    idNumber,
  ])
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}
