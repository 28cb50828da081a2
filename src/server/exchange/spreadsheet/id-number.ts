// The resident identity number of GB 11643: 6 digits of place, 8 of birth, 3 of order, 1 check character (ISO 7064 MOD 11-2).

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checkCharacters = '10X98765432'

/** What a well-formed number says; `bornOn` is `YYYY-MM-DD`. */
interface IdNumberFacts {
  readonly ok: true
  readonly idNumber: string
  readonly sex: 'male' | 'female'
  readonly bornOn: string
}

/** Why a number is not one: its shape, its birth date, or its check character, looked at in this order. */
interface IdNumberFault {
  readonly ok: false
  readonly code: 'shape' | 'birth-date' | 'checksum'
}

/**
 * Checks an 18-character number written in capitals, without blanks.
 * The odd 17th digit is male. The place digits are not checked: districts come and go, numbers stay.
 */
export function checkIdNumber(text: string): IdNumberFacts | IdNumberFault {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return { ok: false, code: 'shape' }
  const bornOn = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  if (!isExistingDay(bornOn, 1800)) return { ok: false, code: 'birth-date' }
  if (checkCharacterOf(text) !== text[17]) return { ok: false, code: 'checksum' }
  return { ok: true, idNumber: text, sex: Number(text[16]) % 2 === 1 ? 'male' : 'female', bornOn }
}

/** The check character for the first 17 digits. */
export function checkCharacterOf(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return checkCharacters[sum % 11] ?? ''
}

/** Whether `YYYY-MM-DD` names a day that exists, from the first year given (1900) to 2199. */
export function isExistingDay(text: string, yearMin = 1900): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < yearMin || year > 2199 || month < 1 || month > 12 || day < 1) return false
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (lengths[month - 1] ?? 0)
}
