// What is written in a score field, read exactly as written: never rounded, never clamped.
import type { ScoreResult } from '#contract/kinds/lesson.ts'

/** Why a text is no score. */
export type ScoreTextNo = 'over-100' | 'too-many-decimals' | 'negative' | 'unfinished' | 'not-a-number'

/** A text as read: a result, a reason, or something that may still become one. */
export type ScoreReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'result'; readonly result: ScoreResult; readonly complete: boolean }
  | { readonly kind: 'open' }
  | { readonly kind: 'no'; readonly no: ScoreTextNo }

/** The words that stand for a result, as people write them. */
export interface ScoreWords {
  readonly absent: readonly string[]
  readonly deferred: readonly string[]
}

const SCORE_TENTHS_MAX = 1000

/** Full-width digits and points are the same score; blanks around it mean nothing. */
function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll('\u3002', '.').replaceAll('\u2212', '-').trim()
}

function readNumber(plain: string): ScoreReading {
  const [whole = '', decimals] = plain.split('.')
  const tenths = Number(whole) * 10 + Number(decimals ?? 0)
  if (tenths > SCORE_TENTHS_MAX) return { kind: 'no', no: 'over-100' }
  // After 10 a 0 may follow for 100; every other two digits are a whole score.
  const complete = decimals !== undefined || whole.length === 3 || (whole.length === 2 && whole !== '10')
  return { kind: 'result', result: { scoreTenths: tenths }, complete }
}

/**
 * Reads a score: 0 to 100 with at most one decimal, or one of the words. `complete` means that nothing more is expected, so that the next
 * field may come: two digits, except 10, which may become 100.
 */
export function readScore(text: string, words: ScoreWords): ScoreReading {
  const plain = plainText(text)
  if (plain === '') return { kind: 'empty' }
  const same = (word: string) => word.toLowerCase() === plain.toLowerCase()
  if (words.absent.some(same)) return { kind: 'result', result: { word: 'absent' }, complete: true }
  if (words.deferred.some(same)) return { kind: 'result', result: { word: 'deferred' }, complete: true }
  if (/^-/.test(plain)) return { kind: 'no', no: 'negative' }
  if (/^\d{1,3}\.$/.test(plain)) return Number(plain) > 100 ? { kind: 'no', no: 'over-100' } : { kind: 'open' }
  if (/^\d{1,3}(\.\d)?$/.test(plain)) return readNumber(plain)
  if (/^\d+\.\d{2,}$/.test(plain)) return { kind: 'no', no: 'too-many-decimals' }
  return /^\d+(\.\d*)?$/.test(plain) ? { kind: 'no', no: 'over-100' } : { kind: 'no', no: 'not-a-number' }
}

/** Points as people read them: 81, 59.5. */
export function scoreText(scoreTenths: number): string {
  return scoreTenths % 10 === 0 ? String(scoreTenths / 10) : (scoreTenths / 10).toFixed(1)
}

/** A pasted column as its cells: rows by line, fields by tab. The empty line a spreadsheet puts at the end is dropped. */
export function pastedCells(text: string): readonly (readonly string[])[] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => line.split('\t'))
}
