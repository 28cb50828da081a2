// Rows of one file that share a number. Of the same person twice the first row stands; of two people nobody knows whose the number is.
import type { RosterIssue, RosterIssueCode } from './roster-issue.ts'
import { issueSink } from './roster-issue.ts'
import type { RosterRow } from './roster-row.ts'

type NumberField = 'idNumber' | 'facilityNumber'

/** The issues of all rows that share a number; `columnOf` gives the header to name. */
export function findDuplicates(
  rows: readonly Omit<RosterRow, 'hasError'>[],
  columnOf: (field: NumberField) => string,
): RosterIssue[] {
  return (['idNumber', 'facilityNumber'] as const).flatMap((field) => {
    const sharing = new Map<string, Omit<RosterRow, 'hasError'>[]>()
    for (const row of rows) {
      const number = row[field]
      if (number !== null && number !== '') sharing.set(number, [...(sharing.get(number) ?? []), row])
    }
    return [...sharing.values()].flatMap((group) => (group.length > 1 ? issuesOf(group, columnOf(field)) : []))
  })
}

function issuesOf(group: readonly Omit<RosterRow, 'hasError'>[], column: string): RosterIssue[] {
  const issues: RosterIssue[] = []
  const tell = (row: number, code: RosterIssueCode, otherRow: string | number): void =>
    issueSink(issues, row).error(column, code, { otherRow })
  const [first, ...rest] = group
  if (first !== undefined && rest.every((row) => isSamePerson(first, row))) {
    for (const row of rest) tell(row.rowNumber, 'roster/duplicate-in-file', first.rowNumber)
    return issues
  }
  for (const row of group) {
    const others = group.filter((other) => other !== row).map(({ rowNumber }) => rowNumber)
    tell(row.rowNumber, 'roster/number-of-two-people', others.length === 1 ? (others[0] ?? 0) : others.join(', '))
  }
  return issues
}

/** Whether two rows that share a number can be about one person: the same name, and nothing that contradicts it. */
function isSamePerson(one: Omit<RosterRow, 'hasError'>, other: Omit<RosterRow, 'hasError'>): boolean {
  const agree = (left: string | null, right: string | null): boolean =>
    left === null || right === null || left === right
  return one.name === other.name && agree(one.idNumber, other.idNumber) && agree(one.bornOn, other.bornOn)
}
