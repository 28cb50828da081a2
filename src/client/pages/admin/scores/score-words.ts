import { useI18n } from 'vue-i18n'
import type { ScoreResult } from '#contract/kinds/lesson.ts'
import type { ScoreCell } from '#client/stores/class-scores.ts'

/** How a result is written: points with at most one decimal, or its word; nothing yet is a dash. */
export function useScoreWords() {
  const { t, n } = useI18n({ useScope: 'global' })
  const ofResult = (result: ScoreResult) =>
    'scoreTenths' in result ? n(result.scoreTenths / 10) : t(`records.scoreWord.${result.word}`)
  return {
    ofResult,
    shown: (record: { readonly result: ScoreResult } | undefined) =>
      record === undefined ? '—' : ofResult(record.result),
    toneOf: (cell: ScoreCell) =>
      cell.record !== undefined && 'scoreTenths' in cell.record.result && !cell.passed ? 'text-danger' : '',
  }
}
