// The 240 fictional people of the demonstration: who they are and how long they stay, counted from the day of the first start.
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import type { CalendarDate } from '#contract/values.ts'
import type { TraineeIdentity } from '#contract/vault.ts'
import { addDays, addMonths } from '#domain/shared/calendar.ts'
import { soundsOf } from '#server/exchange/roster-import/name-sounds.ts'
import { checkCharacterOf } from '#server/exchange/spreadsheet/id-number.ts'
import type { DemonstrationChoice } from './facility-cast.ts'
import {
  EDUCATIONS,
  EMPLOYMENT_INTENTS,
  GIVEN_FEMALE,
  GIVEN_MALE,
  HOUSEHOLDS,
  NAME_WITHOUT_GLYPH,
  SPECIAL_NAMES,
  SURNAMES,
  WARDS,
} from './names.ts'
import type { SeededRandom } from './seeded-random.ts'

export const PEOPLE_COUNT = 240

/** From this number on nobody is in a class or has wishes by chance: long terms, then the edges of the law. */
export const LONG_TERMS_FROM = 161
export const EDGES_FROM = 201

/** Whose name has the missing glyph: someone in the class that is half way, so that every finished class has all its certificates. */
const GLYPH_PERSON = 70

/** One person before he has an id. `ordinal` counts from 1 and stands in his number `Z0001`. */
export interface Person {
  readonly ordinal: number
  readonly identity: TraineeIdentity
  readonly facts: TraineeFacts
}

/** The special names sit where the sealed and the completed class are, so that lists and certificates show them. */
function specialNameOf(
  ordinal: number,
): { readonly name: string; readonly sex: 'male' | 'female'; readonly ethnicity: string } | null {
  if (ordinal === GLYPH_PERSON) return NAME_WITHOUT_GLYPH
  return ordinal % 3 === 0 ? (SPECIAL_NAMES[ordinal / 3 - 1] ?? null) : null
}

/** The fictional number of a person: district 340100 names no place anyone is registered in; check character as GB 11643 has it. */
export function fictionalIdNumber(bornOn: CalendarDate, sex: 'male' | 'female', ordinal: number): string {
  const order = String((ordinal % 50) * 20 + (sex === 'male' ? 1 : 2)).padStart(3, '0')
  const digits = `340100${bornOn.replaceAll('-', '')}${order}`
  return digits + checkCharacterOf(digits)
}

function drawnTerm(ordinal: number, today: CalendarDate, random: SeededRandom): CalendarDate {
  if (ordinal >= LONG_TERMS_FROM && ordinal < EDGES_FROM) return addDays(today, 380 + random.below(2000))
  // Class members must have been under one year on a first class day up to 120 days ago, and still be here.
  return addDays(today, 45 + random.below(190))
}

/** One person by number, with the facts of someone whom the law lets in (or, from 161 on, whose term is still too long). */
export function makePerson(
  ordinal: number,
  today: CalendarDate,
  choice: DemonstrationChoice,
  random: SeededRandom,
): Person {
  const special = specialNameOf(ordinal)
  const sex = special?.sex ?? (random.chance(12) ? 'female' : 'male')
  const name = special?.name ?? random.pick(SURNAMES) + random.pick(sex === 'male' ? GIVEN_MALE : GIVEN_FEMALE)
  const bornOn = addDays(addMonths(today, -12 * (20 + random.below(32))), -random.below(360))
  const facts: TraineeFacts = { sex, bornOn, termEndsOn: drawnTerm(ordinal, today, random), workCapable: true }
  return { ordinal, facts, identity: identityOf(ordinal, name, special?.ethnicity ?? '汉族', facts, choice, random) }
}

function identityOf(
  ordinal: number,
  name: string,
  ethnicity: string,
  facts: TraineeFacts,
  choice: DemonstrationChoice,
  random: SeededRandom,
): TraineeIdentity {
  return {
    name,
    ...soundsOf(name),
    idNumber: fictionalIdNumber(facts.bornOn, facts.sex, ordinal),
    facilityNumber: `Z${String(ordinal).padStart(4, '0')}`,
    ethnicity,
    education: random.pick(EDUCATIONS),
    ward: random.pick(WARDS[choice]),
    household: random.pick(HOUSEHOLDS),
    employmentIntent: random.chance(60) ? random.pick(EMPLOYMENT_INTENTS) : null,
    remark: null,
  }
}

/** The same person with other facts; his identity number follows the new birthday and sex. */
export function withFacts(person: Person, facts: Partial<TraineeFacts>): Person {
  const merged = { ...person.facts, ...facts }
  return {
    ...person,
    facts: merged,
    identity: { ...person.identity, idNumber: fictionalIdNumber(merged.bornOn, merged.sex, person.ordinal) },
  }
}
