// Which person of the vault a row of the file is about, and what would change. Pure: the same people and rows give the same answer.
import type { TraineeFacts } from '#contract/kinds/trainee.ts'
import type { RosterIssue } from '#contract/roster-import.ts'
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import type { TraineeIdentity } from '#contract/vault.ts'
import { headerOf } from '#server/exchange/spreadsheet/roster-columns.ts'
import type { RosterIssueCode } from '#server/exchange/spreadsheet/roster-issue.ts'
import type { RosterRow } from '#server/exchange/spreadsheet/roster-row.ts'
import { soundsOf } from './name-sounds.ts'

/** A person the facility already knows, his vault row at `revision`. `facts` is null when the ledger has none; `present` false after he left; `corrected` once his identity was corrected here. */
export interface KnownPerson {
  readonly traineeId: TraineeId
  readonly revision: number
  readonly identity: TraineeIdentity
  readonly facts: TraineeFacts | null
  readonly present: boolean
  readonly corrected: boolean
}

/** What confirming would do with one row. `known` is null for a new person. */
export type RowMatch =
  | { readonly status: 'error'; readonly row: RosterRow; readonly issues: readonly RosterIssue[] }
  | {
      readonly status: 'new' | 'changed' | 'same'
      readonly row: RosterRow
      readonly issues: readonly RosterIssue[]
      readonly known: KnownPerson | null
      readonly identity: TraineeIdentity
      readonly facts: TraineeFacts
    }

/** Finds people by facility number and by identity number. */
export interface PeopleIndex {
  readonly byFacilityNumber: ReadonlyMap<string, KnownPerson>
  readonly byIdNumber: ReadonlyMap<string, KnownPerson>
}

/** Indexes people. */
export function indexPeople(people: readonly KnownPerson[]): PeopleIndex {
  const byFacilityNumber = new Map<string, KnownPerson>()
  const byIdNumber = new Map<string, KnownPerson>()
  for (const person of people) {
    byFacilityNumber.set(person.identity.facilityNumber, person)
    if (person.identity.idNumber !== null) byIdNumber.set(person.identity.idNumber, person)
  }
  return { byFacilityNumber, byIdNumber }
}

/** Matches one row: first by facility number, then by identity number. A row with an error is never written. */
export function matchRow(row: RosterRow, people: PeopleIndex): RowMatch {
  if (row.hasError) return { status: 'error', row, issues: [] }
  const byNumber = people.byFacilityNumber.get(row.facilityNumber) ?? null
  const byId = row.idNumber === null ? null : (people.byIdNumber.get(row.idNumber) ?? null)
  const issues: RosterIssue[] = []
  const fail = (field: 'idNumber' | 'facilityNumber', code: RosterIssueCode): RowMatch => {
    issues.push({ row: row.rowNumber, column: headerOf(field), code, severity: 'error' })
    return { status: 'error', row, issues }
  }
  if (byNumber !== null && byId !== null && byNumber.traineeId !== byId.traineeId)
    return fail('idNumber', 'roster/id-of-another-person')
  if (byNumber !== null && byId === null && row.idNumber !== null && byNumber.identity.idNumber !== null) {
    return fail('facilityNumber', 'roster/number-of-another-person')
  }
  const known = byNumber ?? byId
  const warn = (code: RosterIssueCode, field: 'name' | 'facilityNumber' = 'facilityNumber'): void => {
    issues.push({ row: row.rowNumber, column: headerOf(field), code, severity: 'warning' })
  }
  if (known !== null && !known.present) warn('roster/person-returns')
  if (byNumber === null && byId !== null) warn('roster/facility-number-changed')
  const identity = mergedIdentity(row, known)
  const facts = mergedFacts(row, known)
  if (facts === null) return fail('idNumber', 'roster/birth-missing')
  // A file from before the correction would quietly take it back.
  if (known?.corrected && known.identity.name !== identity.name) warn('roster/identity-was-corrected', 'name')
  return { status: statusOf(known, identity, facts), row, issues, known, identity, facts }
}

function statusOf(
  known: KnownPerson | null,
  identity: TraineeIdentity,
  facts: TraineeFacts,
): 'new' | 'changed' | 'same' {
  if (known === null) return 'new'
  const isSame =
    known.present && known.facts !== null && sameFields(known.facts, facts) && sameFields(known.identity, identity)
  return isSame ? 'same' : 'changed'
}

/** Whether two flat records of the same shape say the same. */
function sameFields<Shape extends object>(left: Shape, right: Shape): boolean {
  return (Object.keys(right) as (keyof Shape)[]).every((field) => left[field] === right[field])
}

/** What the file leaves blank stays as it was: a missing word never deletes. */
function mergedIdentity(row: RosterRow, known: KnownPerson | null): TraineeIdentity {
  const before = known?.identity
  const sounds = before !== undefined && before.name === row.name ? before : soundsOf(row.name)
  return {
    name: row.name,
    pinyin: sounds.pinyin,
    initials: sounds.initials,
    idNumber: row.idNumber ?? before?.idNumber ?? null,
    facilityNumber: row.facilityNumber,
    ethnicity: row.ethnicity ?? before?.ethnicity ?? null,
    education: row.education ?? before?.education ?? null,
    ward: row.ward ?? before?.ward ?? null,
    household: row.household ?? before?.household ?? null,
    employmentIntent: row.employmentIntent ?? before?.employmentIntent ?? null,
    remark: row.remark ?? before?.remark ?? null,
  }
}

/** Work capability a file does not mention counts as given for new people; the file's issues have said so. */
function mergedFacts(row: RosterRow, known: KnownPerson | null): TraineeFacts | null {
  const sex = row.sex ?? known?.facts?.sex
  const bornOn = row.bornOn ?? known?.facts?.bornOn
  const termEndsOn = row.termEndsOn ?? known?.facts?.termEndsOn
  if (sex === undefined || bornOn === undefined || termEndsOn === undefined) return null
  return {
    sex,
    bornOn: bornOn as CalendarDate,
    termEndsOn: termEndsOn as CalendarDate,
    workCapable: row.workCapable ?? known?.facts?.workCapable ?? true,
  }
}
