// Turns one row of a roster into a candidate and its issues. Pure; rows with an error are never written by anyone.
import type { IdReading } from './roster-cells.ts'
import { hasLostDigits, includesWord, plainText, readDate, readIdNumber, readName, solidText } from './roster-cells.ts'
import type { RosterColumn } from './roster-columns.ts'
import { headerOf } from './roster-columns.ts'
import type { RosterField } from './roster-columns.template.ts'
import { rosterWords } from './roster-columns.template.ts'
import type { IssueSink } from './roster-issue.ts'
import type { SpreadsheetCell, SpreadsheetRow } from './spreadsheet-read.ts'
import { blankCell } from './spreadsheet-read.ts'

/**
 * One person as the file describes him. Null: the file does not say, or what it says is an error (then an issue tells).
 * Days are `YYYY-MM-DD`.
 */
export interface RosterRow {
  readonly rowNumber: number
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly bornOn: string | null
  readonly idNumber: string | null
  readonly facilityNumber: string
  readonly termEndsOn: string | null
  readonly ward: string | null
  readonly ethnicity: string | null
  readonly education: string | null
  readonly household: string | null
  readonly employmentIntent: string | null
  readonly workCapable: boolean | null
  readonly remark: string | null
  readonly hasError: boolean
}

/** The longest text each field may hold, in UTF-16 units, as the vault keeps it. */
const rosterLengths: Readonly<Partial<Record<RosterField, number>>> = {
  name: 60,
  facilityNumber: 32,
  ethnicity: 20,
  education: 20,
  ward: 30,
  household: 100,
  employmentIntent: 100,
  remark: 400,
}

/** Reads cells by field and knows the header each issue must name. */
interface RowReader {
  readonly row: SpreadsheetRow
  has(field: RosterField): boolean
  cell(field: RosterField): SpreadsheetCell
  header(field: RosterField): string
}

/** Makes a reader for a row. */
export function rowReader(row: SpreadsheetRow, columns: readonly RosterColumn[]): RowReader {
  const byField = new Map(columns.map((column) => [column.field, column]))
  return {
    row,
    has: (field) => byField.has(field),
    cell: (field) => row.cells[byField.get(field)?.column ?? -1] ?? blankCell,
    header: (field) => byField.get(field)?.header ?? headerOf(field),
  }
}

/** Reads one row; `sink` receives what is wrong or was changed. `today`, where given, is the last possible birthday. */
export function parseRosterRow(reader: RowReader, sink: IssueSink, today: string | null): Omit<RosterRow, 'hasError'> {
  const id = readId(reader, sink)
  const known = id.ok && id.kind === 'number' ? id : null
  return {
    rowNumber: reader.row.rowNumber,
    name: readPersonName(reader, sink),
    sex: readSex(reader, sink, known?.sex ?? null),
    bornOn: readBirth(reader, sink, known?.bornOn ?? null, today),
    idNumber: known?.idNumber ?? null,
    facilityNumber: readFacilityNumber(reader, sink),
    termEndsOn: readTerm(reader, sink),
    ward: readText(reader, sink, 'ward'),
    ethnicity: readText(reader, sink, 'ethnicity'),
    education: readText(reader, sink, 'education'),
    household: readText(reader, sink, 'household'),
    employmentIntent: readText(reader, sink, 'employmentIntent'),
    workCapable: readWorkCapable(reader, sink),
    remark: readText(reader, sink, 'remark'),
  }
}

function readPersonName(reader: RowReader, sink: IssueSink): string {
  const header = reader.header('name')
  const reading = readName(reader.cell('name'))
  if (reading.name === '') sink.error(header, 'roster/name-missing')
  if (reading.hasBadCharacters) sink.error(header, 'roster/name-characters')
  if (reading.interpunctChanged) sink.warning(header, 'roster/name-interpunct-normalised')
  if (reading.blankRemoved) sink.warning(header, 'roster/name-blank-removed')
  checkLength(reading.name, 'name', reader, sink)
  return reading.name
}

function readId(reader: RowReader, sink: IssueSink): IdReading {
  const header = reader.header('idNumber')
  const reading = readIdNumber(reader.cell('idNumber'))
  if (!reading.ok)
    sink.error(header, reading.code, reading.code === 'roster/id-shape' ? { length: reading.length, expected: 18 } : {})
  else if (reading.kind === 'blank') sink.warning(header, 'roster/id-missing')
  else if (reading.kind === 'number' && reading.lowercase) sink.warning(header, 'roster/id-lowercase-x')
  return reading
}

function readSex(reader: RowReader, sink: IssueSink, fromId: 'male' | 'female' | null): 'male' | 'female' | null {
  const header = reader.header('sex')
  const text = solidText(reader.cell('sex'))
  if (text === '') {
    if (fromId === null) sink.error(header, 'roster/unknown-sex')
    else if (reader.has('sex')) sink.warning(header, 'roster/sex-from-id')
    return fromId
  }
  const sex = includesWord(rosterWords.male, text) ? 'male' : includesWord(rosterWords.female, text) ? 'female' : null
  // Something is written there, and nothing is guessed: not even the number beside it speaks for it.
  if (sex === null) sink.error(header, 'roster/sex-unreadable')
  else if (fromId !== null && fromId !== sex) sink.warning(header, 'roster/sex-id-mismatch')
  return sex
}

function readBirth(reader: RowReader, sink: IssueSink, fromId: string | null, today: string | null): string | null {
  const header = reader.header('bornOn')
  const cell = reader.cell('bornOn')
  if (solidText(cell) === '') {
    if (fromId === null) sink.error(header, 'roster/birth-missing')
    else if (reader.has('bornOn')) sink.warning(header, 'roster/birth-from-id')
    return fromId
  }
  const reading = readDate(cell)
  if (!reading.ok) {
    sink.error(header, reading.code)
    return null
  }
  if (today !== null && reading.on > today) {
    sink.error(header, 'roster/impossible-date')
    return null
  }
  if (fromId !== null && fromId !== reading.on) sink.warning(header, 'roster/birth-id-mismatch')
  return reading.on
}

function readTerm(reader: RowReader, sink: IssueSink): string | null {
  const header = reader.header('termEndsOn')
  const cell = reader.cell('termEndsOn')
  if (solidText(cell) === '') {
    sink.error(header, 'roster/term-missing')
    return null
  }
  const reading = readDate(cell)
  if (reading.ok) return reading.on
  sink.error(header, reading.code)
  return null
}

function readFacilityNumber(reader: RowReader, sink: IssueSink): string {
  const cell = reader.cell('facilityNumber')
  const text = solidText(cell)
  if (text === '') sink.error(reader.header('facilityNumber'), 'roster/facility-number-missing')
  else if (hasLostDigits(cell)) sink.error(reader.header('facilityNumber'), 'roster/number-scientific-notation')
  checkLength(text, 'facilityNumber', reader, sink)
  return text
}

function readWorkCapable(reader: RowReader, sink: IssueSink): boolean | null {
  if (!reader.has('workCapable')) return null
  const text = solidText(reader.cell('workCapable'))
  if (includesWord(rosterWords.yes, text)) return true
  if (includesWord(rosterWords.no, text)) return false
  if (text === '') sink.warning(reader.header('workCapable'), 'roster/work-capable-missing')
  else sink.error(reader.header('workCapable'), 'roster/unknown-work-capable')
  return null
}

function readText(reader: RowReader, sink: IssueSink, field: RosterField): string | null {
  const text = plainText(reader.cell(field)).replace(/\s+/g, ' ')
  if (text === '' || includesWord(rosterWords.blank, text)) return null
  checkLength(text, field, reader, sink)
  return text
}

function checkLength(text: string, field: RosterField, reader: RowReader, sink: IssueSink): void {
  const max = rosterLengths[field]
  if (max !== undefined && text.length > max)
    sink.error(reader.header(field), 'roster/text-too-long', { max, length: text.length })
}
