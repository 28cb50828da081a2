import { useI18n } from 'vue-i18n'
import type { RosterReport } from '#contract/roster-import.ts'

export type Issue = RosterReport['issues'][number]

/** Findings that say the very same of a column, with the rows they are in. An error always stands alone: it is mended in its row. */
export interface IssueGroup {
  readonly key: string
  readonly first: Issue
  readonly rows: readonly number[]
}

/** Errors row by row, hints of the same kind together, in the order of the file. */
export function groupIssues(issues: readonly Issue[]): readonly IssueGroup[] {
  const groups = new Map<string, { key: string; first: Issue; rows: number[] }>()
  for (const [index, issue] of issues.entries()) {
    const alone = issue.severity === 'error' || issue.row === 0
    const key = alone ? String(index) : `${issue.code}|${issue.column}|${JSON.stringify(issue.params ?? {})}`
    const group = groups.get(key) ?? { key, first: issue, rows: [] }
    group.rows.push(issue.row)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Row numbers as people write them: 3, 5–9, 12. */
export function spansOf(rows: readonly number[]): string {
  const spans: [number, number][] = []
  for (const row of [...new Set(rows)].sort((one, other) => one - other)) {
    const last = spans.at(-1)
    if (last && last[1] === row - 1) last[1] = row
    else spans.push([row, row])
  }
  return spans.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}

/** Says a finding in a full sentence. A code without one still shows itself. */
export function useIssueWords() {
  const { t, te } = useI18n({ useScope: 'global' })
  function sentence({
    code,
    params,
    column,
    severity,
  }: Pick<Issue, 'code' | 'params' | 'column' | 'severity'>): string {
    // A column that is missing is a different matter where the file can do without it.
    const ownKey =
      code === 'roster/column-missing' && severity === 'warning' ? `roster.issue.${code}-hint` : `roster.issue.${code}`
    if (!te(ownKey, 'zh-CN')) return t('roster.issue.unknown', { code })
    return t(ownKey, { ...params, column })
  }
  return {
    sentence,
    place: ({ first, rows }: IssueGroup) => {
      if (first.row === 0) return t('roster.issues.wholeFile')
      return t('roster.issues.place', { rows: spansOf(rows) })
    },
  }
}
