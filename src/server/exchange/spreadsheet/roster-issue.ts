// What is wrong or odd in a roster file, as data: row, column, code. Never the value itself: issues are logged and shown widely.

/** Every code a roster can raise. Codes are never reused for another meaning. */
export type RosterIssueCode =
  | 'roster/header-not-found'
  | 'roster/no-rows'
  | 'roster/column-missing'
  | 'roster/column-twice'
  | 'roster/column-ignored'
  | 'roster/row-skipped'
  | 'roster/merged-cells'
  | 'roster/name-missing'
  | 'roster/name-characters'
  | 'roster/name-interpunct-normalised'
  | 'roster/name-blank-removed'
  | 'roster/name-not-printable'
  | 'roster/identity-was-corrected'
  | 'roster/text-too-long'
  | 'roster/id-missing'
  | 'roster/id-shape'
  | 'roster/id-birth-date'
  | 'roster/id-checksum'
  | 'roster/id-scientific-notation'
  | 'roster/id-lowercase-x'
  | 'roster/facility-number-missing'
  | 'roster/number-scientific-notation'
  | 'roster/unknown-sex'
  | 'roster/sex-unreadable'
  | 'roster/sex-from-id'
  | 'roster/sex-id-mismatch'
  | 'roster/birth-missing'
  | 'roster/birth-from-id'
  | 'roster/birth-id-mismatch'
  | 'roster/term-missing'
  | 'roster/impossible-date'
  | 'roster/date-ambiguous'
  | 'roster/date-unreadable'
  | 'roster/work-capable-missing'
  | 'roster/unknown-work-capable'
  | 'roster/duplicate-in-file'
  | 'roster/number-of-two-people'
  | 'roster/id-of-another-person'
  | 'roster/number-of-another-person'
  | 'roster/facility-number-changed'
  | 'roster/person-returns'

/** One thing to look at. `row` is the row of the file, 0 for the whole file; `column` is the header as the file has it. */
export interface RosterIssue {
  readonly row: number
  readonly column: string
  readonly code: RosterIssueCode
  readonly severity: 'error' | 'warning'
  readonly params: Readonly<Record<string, string | number>>
}

/** Collects the issues of one row for named columns. */
export interface IssueSink {
  error(column: string, code: RosterIssueCode, params?: Readonly<Record<string, string | number>>): void
  warning(column: string, code: RosterIssueCode, params?: Readonly<Record<string, string | number>>): void
}

/** Makes a sink that writes into a list, always with the same row number. */
export function issueSink(issues: RosterIssue[], row: number): IssueSink {
  return {
    error(column, code, params = {}) {
      issues.push({ row, column, code, severity: 'error', params })
    },
    warning(column, code, params = {}) {
      issues.push({ row, column, code, severity: 'warning', params })
    },
  }
}
