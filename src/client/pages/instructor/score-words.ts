import { useI18n } from 'vue-i18n'
import type { AssessmentPart } from '#contract/kinds/lesson.ts'
import { useInstructorWords } from '#client/pages/instructor/instructor-words.ts'
import { PARTS, type ScoreCell, type ScoreRow, type ScoreSheet } from '#client/stores/score-sheet.ts'
import { resultText } from '#client/stores/score-sheet-entry.ts'
import type { ScoreTextNo, ScoreWords } from '#client/stores/score-sheet-text.ts'
import { PASS_MARK_TENTHS, tenthsOf } from '#domain/assessment/outcome.ts'
import type { Refusal } from '#domain/shared/refusal.ts'

/** Sentences of the score sheet: what stands in a field, why it was not taken, what a person ends with. */
export function useScoreWords(sheet: ScoreSheet) {
  const { t, n } = useI18n({ useScope: 'global' })
  const { refusal: refusalText, fault } = useInstructorWords()
  const words = (): ScoreWords => ({
    absent: [t('records.scoreWord.absent')],
    deferred: [t('records.scoreWord.deferred')],
  })

  const no = (code: ScoreTextNo | 'nobody'): string => t(`instructor.scores.no.${code}`)
  /** Below the threshold the sentence carries this person's own figures. */
  function refusal(one: Refusal, row: ScoreRow | undefined): string {
    return one.code === 'assessment/hours-too-few' && row !== undefined ? hours(row) : refusalText(one)
  }
  function hours(row: ScoreRow): string {
    const need = sheet.detail.rules.value.attendanceThresholdPercent
    return t('instructor.scores.hoursTooFew', {
      percent: row.percent,
      attended: n(row.attended),
      taught: n(sheet.taught.value),
      need,
    })
  }
  function hoursShort(row: ScoreRow): string {
    return t('instructor.scores.hoursBelow', {
      percent: row.percent,
      need: sheet.detail.rules.value.attendanceThresholdPercent,
    })
  }
  /** What is wrong with a field, or undefined. */
  function trouble({ draft }: ScoreCell, row: ScoreRow): string | undefined {
    if (draft === null) return undefined
    if (draft.stage === 'no') return no(draft.no ?? 'not-a-number')
    if (draft.stage === 'failed') return fault(draft.fault ?? '')
    if (draft.stage === 'asks') return t('instructor.scores.asksReason')
    return draft.stage === 'refused' && draft.refusal !== null ? refusal(draft.refusal, row) : undefined
  }
  function latestText(row: ScoreRow, part: AssessmentPart): string {
    return resultText(row.latest[part]?.result ?? null, words())
  }
  function partTrouble(row: ScoreRow, part: AssessmentPart): string | undefined {
    const record = row.latest[part]
    const name = t(`records.part.${part}`)
    if (record === undefined) return undefined
    if ('word' in record.result)
      return t('instructor.scores.partWord', { part: name, word: t(`records.scoreWord.${record.result.word}`) })
    return (tenthsOf(record) ?? 0) < PASS_MARK_TENTHS ? t('instructor.scores.partLow', { part: name }) : undefined
  }
  /** What the two parts come to, in a few words. */
  function outcome(row: ScoreRow): { readonly text: string; readonly tone: 'grow' | 'danger' | 'muted' } {
    if (row.outcome.outcome === 'passed') return { text: t('records.outcome.passed'), tone: 'grow' }
    const text = PARTS.flatMap((part) => partTrouble(row, part) ?? []).join(t('instructor.listComma'))
    if (text !== '') return { text, tone: row.outcome.outcome === 'failed' ? 'danger' : 'muted' }
    return { text: '', tone: 'muted' }
  }
  return { words, no, refusal, hours, hoursShort, trouble, latestText, outcome }
}

export type ScoreSentences = ReturnType<typeof useScoreWords>
