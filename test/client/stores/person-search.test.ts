// Whoever is meant stands first: his whole number, then what begins so, then what holds it.
import { expect, it } from 'vitest'
import type { TraineeIdentity } from '#contract/vault.ts'
import { searchPeople } from '#client/stores/person-search.ts'

const UNKNOWN = { idNumber: null, ethnicity: null, education: null, ward: null, household: null } as const

function person(facilityNumber: string, name: string, pinyin: string, initials: string): TraineeIdentity {
  return { facilityNumber, name, pinyin, initials, ...UNKNOWN, employmentIntent: null, remark: null }
}

const people = [
  person('Z0112', '阿里·买买提', 'ali maimaiti', 'almmt'),
  person('Z0011', '李强', 'li qiang', 'lq'),
  person('11', '王莉', 'wang li', 'wl'),
  person('Z9', '黎明', 'li ming', 'lm'),
].map((identity) => ({ identity }))
const found = (text: string) => searchPeople(people, text).map(({ identity }) => identity.facilityNumber)

it.each([
  ['the whole number first, then numbers that hold it', '11', ['11', 'Z0011', 'Z0112']],
  ['the whole number however it is written', 'z0011', ['Z0011']],
  ['names in pinyin that begin so before those that hold it, 9 before 11', 'li', ['Z9', 'Z0011', '11', 'Z0112']],
  ['a beginning of the name', '李', ['Z0011']],
  ['the first letters', 'lq', ['Z0011']],
  ['a name without its dot', '里买', ['Z0112']],
  ['nobody for nothing', '  ', []],
])('%s', (_, text, numbers) => expect(found(text)).toEqual(numbers))
