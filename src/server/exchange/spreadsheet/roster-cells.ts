// Reads single roster cells: names, numbers, dates, words. Each reader answers a value or says why not; nothing is guessed.
import { checkIdNumber, isExistingDay } from './id-number.ts'
import { dateWords, rosterWords } from './roster-columns.template.ts'
import type { RosterIssueCode } from './roster-issue.ts'
import type { SpreadsheetCell } from './spreadsheet-read.ts'

/** The outcome of a date cell. */
type DateReading =
  | { readonly ok: true; readonly on: string }
  | { readonly ok: false; readonly code: 'roster/impossible-date' | 'roster/date-ambiguous' | 'roster/date-unreadable' }

/** A cell's text with wide forms narrowed and the marks spreadsheets put around text numbers taken off. */
export function plainText(cell: SpreadsheetCell): string {
  const text = cell.text.normalize('NFKC').trim()
  const quoted = /^="(.*)"$/.exec(text)
  return (quoted?.[1] ?? text).replace(/^['`\u2018\u2019]/, '').trim()
}

/** Like `plainText` without any blank inside. */
export function solidText(cell: SpreadsheetCell): string {
  return plainText(cell).replace(/[\s\u200b\ufeff]/g, '')
}

/** Reads a day written year first; a date whose year comes last or has two digits is ambiguous, not guessed. */
export function readDate(cell: SpreadsheetCell): DateReading {
  const text = plainText(cell)
    .replace(/[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, '')
    .replace(/\s/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(dateWords.year, '-')
    .replace(dateWords.month, '-')
    .replace(dateWords.day, '')
  const separated = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (separated !== null) return existing(separated[1] ?? '', separated[3] ?? '', separated[4] ?? '')
  const solid = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (solid !== null) return existing(solid[1] ?? '', solid[2] ?? '', solid[3] ?? '')
  const isYearUnclear = /^\d{1,2}([-/.])\d{1,2}\1\d{1,4}$/.test(text)
  return { ok: false, code: isYearUnclear ? 'roster/date-ambiguous' : 'roster/date-unreadable' }
}

function existing(year: string, month: string, day: string): DateReading {
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isExistingDay(on) ? { ok: true, on } : { ok: false, code: 'roster/impossible-date' }
}

/** The outcome of an identity-number cell; `idNumber` null means the file says there is none. */
export type IdReading =
  | {
      readonly ok: true
      readonly kind: 'number'
      readonly idNumber: string
      readonly sex: 'male' | 'female'
      readonly bornOn: string
      readonly lowercase: boolean
    }
  | { readonly ok: true; readonly kind: 'none' | 'blank' }
  | { readonly ok: false; readonly code: RosterIssueCode; readonly length: number }

/** Reads an identity number. A number cell of more than 15 digits has already lost its end, whatever it looks like. */
export function readIdNumber(cell: SpreadsheetCell): IdReading {
  const text = solidText(cell)
  if (text === '') return { ok: true, kind: 'blank' }
  if (includesWord(rosterWords.noIdNumber, text)) return { ok: true, kind: 'none' }
  if (hasLostDigits(cell)) return { ok: false, code: 'roster/id-scientific-notation', length: text.length }
  const capital = text.replace(/[x\u0425\u0445\u00d7]$/, 'X')
  const checked = checkIdNumber(capital)
  // The ledger's calendar begins in 1900, and nobody in training is older.
  if (checked.ok && checked.bornOn < '1900-01-01')
    return { ok: false, code: 'roster/id-birth-date', length: text.length }
  if (checked.ok) return { ...checked, kind: 'number', lowercase: capital !== text }
  // Excel turns the last three of 18 digits into zeros; a wrong check character with that ending is almost surely this.
  const isZeroed = checked.code === 'checksum' && /000$/.test(text)
  const code = isZeroed ? 'roster/id-scientific-notation' : idFaultCodes[checked.code]
  return { ok: false, code, length: text.length }
}

const idFaultCodes = {
  shape: 'roster/id-shape',
  'birth-date': 'roster/id-birth-date',
  checksum: 'roster/id-checksum',
} as const satisfies Record<string, RosterIssueCode>

/** Whether a long number was turned into something like 1.23E+17 on its way. */
export function hasLostDigits(cell: SpreadsheetCell): boolean {
  const text = solidText(cell)
  if (/^\d(?:\.\d+)?E\+?\d{1,3}$/i.test(text)) return true
  return cell.wasNumber && /^\d{16,}$/.test(text)
}

/** The person's name as it will be kept, and what was changed on the way. */
interface NameReading {
  readonly name: string
  readonly hasBadCharacters: boolean
  readonly interpunctChanged: boolean
  readonly blankRemoved: boolean
}

// Bullets, katakana and hyphenation dots, and full stops that keyboards give where a name needs U+00B7.
const otherInterpuncts = /[\u2022\u2027\u2219\u22c5\u25cf\u30fb\uff65\uff0e\u0387\u3002.]/g
// Digits, marks that stand for a lost character, control and private-use characters, and signs no name has.
const badInNames = /[\d?\ufffd\u25a1\p{Cc}\p{Co}<>=@#$%&*+_|\\/"{}[\]]/u

/** Normalises a name: one kind of interpunct, no padding between Han characters, one blank between other words. */
export function readName(cell: SpreadsheetCell): NameReading {
  const trimmed = cell.text
    .normalize('NFC')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
  const dotted = trimmed.replace(/ ?[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u30fb\uff65\uff0e\u0387\u3002.] ?/g, (dot) =>
    dot.trim(),
  )
  const unified = dotted.replace(otherInterpuncts, '\u00b7')
  const name = unified.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
  return {
    name,
    hasBadCharacters: badInNames.test(name),
    interpunctChanged: unified !== dotted,
    blankRemoved: name !== unified,
  }
}

/** Whether a text is one of a closed list of words, capitals or not. */
export function includesWord(words: readonly string[], text: string): boolean {
  return words.includes(text.toUpperCase())
}
