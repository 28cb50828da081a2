// A pasted column, looked at before anything is written: who gets which score, and which rows cannot be taken and why.
import type { ScoreResult } from '#contract/kinds/lesson.ts'
import type { Refusal } from '#domain/shared/refusal.ts'
import { PARTS, type ScoreCell, type ScoreRow, type ScoreSheet } from '#client/stores/score-sheet.ts'
import { pastedCells, readScore, type ScoreTextNo, type ScoreWords } from '#client/stores/score-sheet-text.ts'

/** One pasted value. `row` is undefined for a line below the last person or a column that is not there. */
export interface PastedValue {
  readonly line: number
  readonly text: string
  readonly row: ScoreRow | undefined
  readonly cell: ScoreCell | undefined
  readonly verdict: 'write' | 'same' | 'skip' | 'no'
  readonly result: ScoreResult | null
  readonly no: ScoreTextNo | 'nobody' | null
  readonly refusal: Refusal | null
}

function sameResult(first: ScoreResult | null, second: ScoreResult): boolean {
  return first !== null && JSON.stringify(first) === JSON.stringify(second)
}

/** Lays pasted text from a field on downwards, further columns to the right. Empty lines pass a person over. */
export function planPaste(sheet: ScoreSheet, fromKey: string, text: string, words: ScoreWords): readonly PastedValue[] {
  const from = sheet.at(fromKey)
  if (from === undefined) return []
  const firstRow = from.row.number - 1
  const firstPart = PARTS.indexOf(from.cell.name.part)
  return pastedCells(text).flatMap((fields, down) =>
    fields.map((field, right): PastedValue => {
      const row = sheet.rows.value[firstRow + down]
      const part = PARTS[firstPart + right]
      const cell = part === undefined ? undefined : row?.cells[part]
      const seen = { line: down + 1, text: field.trim(), row, cell, result: null, no: null, refusal: null }
      const reading = readScore(field, words)
      if (reading.kind === 'empty') return { ...seen, verdict: 'skip' }
      if (row === undefined || cell === undefined) return { ...seen, verdict: 'no', no: 'nobody' }
      if (reading.kind !== 'result')
        return { ...seen, verdict: 'no', no: reading.kind === 'no' ? reading.no : 'unfinished' }
      if (sameResult(cell.shown, reading.result)) return { ...seen, verdict: 'same', result: reading.result }
      const refusal = sheet.law(cell.name, reading.result, false)
      return { ...seen, result: reading.result, refusal, verdict: refusal === null ? 'write' : 'no' }
    }),
  )
}

/** Writes what can be written; what cannot stays in its field as it was pasted, with why. */
export function takePaste(sheet: ScoreSheet, values: readonly PastedValue[]): void {
  for (const { verdict, cell, text, result, no, refusal } of values) {
    if (cell === undefined) continue
    if (verdict === 'write' && result !== null) void sheet.drafts.write(cell.name, text, result, null)
    if (verdict === 'same') sheet.drafts.set(cell.name, null)
    if (verdict !== 'no') continue
    const asks = refusal?.code === 'assessment/correction-reason-missing'
    // A correction is asked about one by one, when the hand comes to the field: it stays as typed.
    if (asks) sheet.drafts.set(cell.name, { text, stage: 'typing' })
    else
      sheet.drafts.set(cell.name, {
        text,
        stage: refusal === null ? 'no' : 'refused',
        no: no === 'nobody' ? null : no,
        refusal,
        result,
      })
  }
}
