// The dry run of a roster import: reads the file, compares it with everyone known, and writes nothing about anybody.
import type { RosterIssue, RosterReport } from '#contract/roster-import.ts'
import type { ImportId, TraineeId } from '#contract/values.ts'
import { parseRoster } from '#server/exchange/spreadsheet/parse-roster.ts'
import { readSpreadsheet } from '#server/exchange/spreadsheet/read-spreadsheet.ts'
import { headerOf } from '#server/exchange/spreadsheet/roster-columns.ts'
import type { RosterRow } from '#server/exchange/spreadsheet/roster-row.ts'
import type { SpreadsheetContent, SpreadsheetFaultCode } from '#server/exchange/spreadsheet/spreadsheet-read.ts'
import { defaultSpreadsheetLimits } from '#server/exchange/spreadsheet/spreadsheet-read.ts'
import type { UnprintableCharacter } from '#domain/certificate/printable.ts'
import type { Outcome, ProblemOutcome } from '#server/ledger/outcome.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { breathe } from '#server/vault/vault-rows.ts'
import type { Candidate, SealedDraft } from './import-records.ts'
import { sealDraft } from './import-records.ts'
import { markOfPeople, readKnownPeople } from './known-people.ts'
import type { KnownPerson, PeopleIndex, RowMatch } from './person-match.ts'
import { indexPeople, matchRow } from './person-match.ts'

const ISSUES_MAX = 2000
const PREVIEW_MAX = 200
const BREATHE_EACH = 500

/** What a dry run found, and the sealed people a confirmation would write. */
export interface DryRun {
  readonly report: RosterReport
  readonly sealed: SealedDraft
}

/** Which characters of a text no certificate can print. The typeface is the papers' own matter, so it is handed in. */
export type FindUnprintable = (text: string) => Promise<readonly UnprintableCharacter[]>

/** Runs an import dry. Problems: not-a-spreadsheet and too-large, with the reader's own code as `refusal`. */
export async function dryRunRoster(
  context: ServerContext,
  bytes: Uint8Array,
  fileName: string,
  findUnprintable: FindUnprintable,
): Promise<Outcome<DryRun>> {
  const read = await readSpreadsheet(bytes, fileName)
  if (!read.ok) return spreadsheetProblem(read.code)
  await breathe()
  const parsed = parseRoster(read, { today: context.clock.today() })
  const known = await context.store.read(context.facilityId, async (view) => ({
    people: await readKnownPeople(view, context.vaultKey),
    mark: await markOfPeople(view),
  }))
  const matches = await matchRows(parsed.rows, indexPeople(known.people))
  const importId = context.newId() as ImportId
  const candidates = matches.flatMap((match) => candidateOf(match, () => context.newId() as TraineeId))
  const unprintable = await unprintableNames(matches, findUnprintable)
  const issues = [
    ...spreadsheetIssues(read),
    ...parsed.issues,
    ...matches.flatMap((match) => match.issues),
    ...unprintable,
  ].sort((a, b) => a.row - b.row)
  const report = reportOf(importId, read, matches, issues, missingAmong(known.people, parsed.rows))
  const sealed = sealDraft(candidates, { importId, madeAt: context.clock.now(), peopleMark: known.mark }, context)
  return done({ report, sealed })
}

function spreadsheetProblem(code: SpreadsheetFaultCode): ProblemOutcome {
  const isTooLarge = code === 'spreadsheet/too-large' || code === 'spreadsheet/too-many-rows'
  const { rowsMax, bytesMax } = defaultSpreadsheetLimits
  return isTooLarge
    ? problem('too-large', { refusal: code, params: { rowsMax, bytesMax } })
    : problem('not-a-spreadsheet', { refusal: code })
}

function spreadsheetIssues(read: SpreadsheetContent): RosterIssue[] {
  return read.warnings.map(({ code, row }) => ({ row: row ?? 0, column: '', code, severity: 'warning' }))
}

/** Matches all rows; a person named by two rows of the file is an error in the second. */
async function matchRows(rows: readonly RosterRow[], people: PeopleIndex): Promise<RowMatch[]> {
  const matches: RowMatch[] = []
  const rowOfPerson = new Map<TraineeId, number>()
  for (const [index, row] of rows.entries()) {
    if (index % BREATHE_EACH === BREATHE_EACH - 1) await breathe()
    const match = matchRow(row, people)
    const known = match.status === 'error' ? null : match.known
    const otherRow = known === null ? undefined : rowOfPerson.get(known.traineeId)
    if (otherRow === undefined) {
      if (known !== null) rowOfPerson.set(known.traineeId, row.rowNumber)
      matches.push(match)
    } else {
      const issue: RosterIssue = {
        row: row.rowNumber,
        column: headerOf('idNumber'),
        code: 'roster/duplicate-in-file',
        severity: 'error',
        params: { otherRow },
      }
      matches.push({ status: 'error', row, issues: [issue] })
    }
  }
  return matches
}

/** Names that are right and cannot stand on a certificate yet: told before anybody is taught, not after the seal. */
async function unprintableNames(
  matches: readonly RowMatch[],
  findUnprintable: FindUnprintable,
): Promise<RosterIssue[]> {
  const issues: RosterIssue[] = []
  for (const { status, row } of matches) {
    const missing = status === 'error' ? [] : await findUnprintable(row.name)
    for (const { character, codePoint } of missing) {
      issues.push({
        row: row.rowNumber,
        column: headerOf('name'),
        code: 'roster/name-not-printable',
        severity: 'warning',
        params: { character, codePoint },
      })
    }
  }
  return issues
}

function candidateOf(match: RowMatch, newId: () => TraineeId): Candidate[] {
  if (match.status === 'error' || match.status === 'same') return []
  const { known, identity, facts } = match
  return [
    {
      traineeId: known?.traineeId ?? newId(),
      previousRevision: known?.revision ?? 0,
      numberChanged: known !== null && known.identity.facilityNumber !== identity.facilityNumber,
      identity,
      facts,
    },
  ]
}

/** How many present people the file does not name, not even in a row with an error. They are told and left alone. */
function missingAmong(people: readonly KnownPerson[], rows: readonly RosterRow[]): number {
  const numbers = new Set(rows.map((row) => row.facilityNumber))
  const ids = new Set(rows.map((row) => row.idNumber))
  return people.filter(({ present, identity }) => {
    const isNamed = numbers.has(identity.facilityNumber) || (identity.idNumber !== null && ids.has(identity.idNumber))
    return present && !isNamed
  }).length
}

function reportOf(
  importId: ImportId,
  read: SpreadsheetContent,
  matches: readonly RowMatch[],
  issues: readonly RosterIssue[],
  missingCount: number,
): RosterReport {
  const count = (status: RowMatch['status']): number => matches.filter((match) => match.status === status).length
  return {
    importId,
    fileKind: read.kind,
    rowCount: matches.length,
    newCount: count('new'),
    changedCount: count('changed'),
    sameCount: count('same'),
    errorRowCount: count('error'),
    missingCount,
    issues: issues.slice(0, ISSUES_MAX).map((issue) => ({ ...issue })),
    issuesCut: issues.length > ISSUES_MAX,
    preview: matches.slice(0, PREVIEW_MAX).map(({ row, status }) => ({
      row: row.rowNumber,
      name: row.name,
      facilityNumber: row.facilityNumber,
      status,
    })),
  }
}
