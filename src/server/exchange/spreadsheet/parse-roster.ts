// From a read spreadsheet to candidates and issues. Pure: no clock, no storage; writing is the ledger's business.
import { findDuplicates } from './duplicate-rows.ts'
import type { RosterHeader } from './roster-columns.ts'
import { expectedFields, findRosterHeader, headerOf, requiredFields } from './roster-columns.ts'
import type { RosterField } from './roster-columns.template.ts'
import type { RosterIssue } from './roster-issue.ts'
import { issueSink } from './roster-issue.ts'
import type { RosterRow } from './roster-row.ts'
import { parseRosterRow, rowReader } from './roster-row.ts'
import { solidText } from './roster-cells.ts'
import type { MergedRange, SpreadsheetContent, SpreadsheetRow } from './spreadsheet-read.ts'

/** `today` (`YYYY-MM-DD`), where given, refuses birthdays after it. */
interface RosterOptions {
  readonly today?: string
}

/** Candidates in the order of the file, and all issues in the order of rows. A row whose `hasError` is true must not be written. */
interface RosterParse {
  readonly rows: readonly RosterRow[]
  readonly issues: readonly RosterIssue[]
}

/** Reads a roster. When a required column is missing nothing is read, so that one clear issue stands instead of hundreds. */
export function parseRoster(read: SpreadsheetContent, options: RosterOptions = {}): RosterParse {
  const issues: RosterIssue[] = []
  const header = findRosterHeader(read.rows)
  if (header === null) {
    issueSink(issues, 0).error('', 'roster/header-not-found', { expected: requiredFields.map(headerOf).join(', ') })
    return { rows: [], issues }
  }
  if (!checkHeader(header, issues)) return { rows: [], issues }
  const people: RosterRow[] = []
  const merged = mergedByRow(read.merged, header)
  for (const row of read.rows) {
    if (row.rowNumber <= header.rowNumber) continue
    const parsed = parsePerson(row, header, { issues, merged, today: options.today ?? null })
    if (parsed !== null) people.push(parsed)
  }
  if (people.length === 0) issueSink(issues, header.rowNumber).error('', 'roster/no-rows')
  const columnOf = (field: RosterField): string =>
    header.columns.find((column) => column.field === field)?.header ?? headerOf(field)
  const duplicates = findDuplicates(people, columnOf)
  const shared = new Set(duplicates.map(({ row }) => row))
  const rows = people.map((person) => ({ ...person, hasError: person.hasError || shared.has(person.rowNumber) }))
  return { rows, issues: [...issues, ...duplicates].sort((one, other) => one.row - other.row) }
}

function checkHeader(header: RosterHeader, issues: RosterIssue[]): boolean {
  const sink = issueSink(issues, header.rowNumber)
  const isMissing = (field: RosterField): boolean => !header.columns.some((column) => column.field === field)
  for (const field of requiredFields.filter(isMissing)) sink.error(headerOf(field), 'roster/column-missing')
  for (const text of header.doubled) sink.error(text, 'roster/column-twice')
  for (const field of expectedFields.filter(isMissing)) sink.warning(headerOf(field), 'roster/column-missing')
  for (const text of header.unknown) sink.warning(text, 'roster/column-ignored')
  return !requiredFields.some(isMissing) && header.doubled.length === 0
}

interface PersonContext {
  readonly issues: RosterIssue[]
  readonly merged: ReadonlyMap<number, string>
  readonly today: string | null
}

function parsePerson(row: SpreadsheetRow, header: RosterHeader, context: PersonContext): RosterRow | null {
  const reader = rowReader(row, header.columns)
  const isFilled = (field: RosterField): boolean => solidText(reader.cell(field)) !== ''
  const filled = header.columns.filter((column) => isFilled(column.field)).length
  if (!isFilled('name') && !isFilled('idNumber') && !isFilled('facilityNumber') && filled < 3) {
    // A numbered but empty line is a blank line; a line with a word or two is a total or a signature.
    if (filled > 0) issueSink(context.issues, row.rowNumber).warning('', 'roster/row-skipped')
    return null
  }
  const isFootLine = filled === 1 && /[:\uff1a]/.test(reader.cell('name').text)
  if (isFootLine) {
    issueSink(context.issues, row.rowNumber).warning('', 'roster/row-skipped')
    return null
  }
  const own: RosterIssue[] = []
  const sink = issueSink(own, row.rowNumber)
  const mergedColumn = context.merged.get(row.rowNumber)
  if (mergedColumn !== undefined) sink.error(mergedColumn, 'roster/merged-cells')
  const person = parseRosterRow(reader, sink, context.today)
  context.issues.push(...own)
  return { ...person, hasError: own.some((issue) => issue.severity === 'error') }
}

/** For each row below the header that a merged block touches: the header of the first column concerned. */
function mergedByRow(merged: readonly MergedRange[], header: RosterHeader): Map<number, string> {
  const rows = new Map<number, string>()
  const spanMax = 5000
  for (const range of merged) {
    const column = header.columns.find(
      (known) => known.column + 1 >= range.fromColumn && known.column + 1 <= range.toColumn,
    )
    if (column === undefined) continue
    const last = Math.min(range.toRow, range.fromRow + spanMax)
    for (let row = Math.max(range.fromRow, header.rowNumber + 1); row <= last; row += 1) {
      if (!rows.has(row)) rows.set(row, column.header)
    }
  }
  return rows
}
