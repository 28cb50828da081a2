// Finds the header row of a roster and says which column means what. Titles above the header are stepped over.
import type { RosterColumnWords, RosterField } from './roster-columns.template.ts'
import { ignoredHeaders, rosterColumnWords } from './roster-columns.template.ts'
import type { SpreadsheetRow } from './spreadsheet-read.ts'

/** One understood column; `column` counts from 0, `header` is the text in the file. */
export interface RosterColumn {
  readonly field: RosterField
  readonly column: number
  readonly header: string
}

/** The header row and what it names. */
export interface RosterHeader {
  readonly rowNumber: number
  readonly columns: readonly RosterColumn[]
  readonly unknown: readonly string[]
  readonly doubled: readonly string[]
}

/** Without these nobody can be registered. */
export const requiredFields: readonly RosterField[] = ['name', 'idNumber', 'facilityNumber', 'termEndsOn']
/** Their absence is told, and bridged where the identity number can say the same. */
export const expectedFields: readonly RosterField[] = ['sex', 'bornOn', 'workCapable']

const rowsSearched = 15
const matchesMin = 2

const fieldByHeader = new Map<string, RosterField>(
  rosterColumnWords.flatMap((words) =>
    [words.header, ...words.synonyms].map((text) => [normalizeHeader(text), words.field] as const),
  ),
)
const ignored = new Set(ignoredHeaders.map(normalizeHeader))

/** The printed header of a field, for telling a person which column is meant. */
export function headerOf(field: RosterField): string {
  return rosterColumnWords.find((words: RosterColumnWords) => words.field === field)?.header ?? field
}

/** The best header row among the first fifteen that hold anything; null when none names at least two columns we know. */
export function findRosterHeader(rows: readonly SpreadsheetRow[]): RosterHeader | null {
  let best: RosterHeader | null = null
  for (const row of rows.slice(0, rowsSearched)) {
    const header = readHeader(row)
    if (header.columns.length >= matchesMin && header.columns.length > (best?.columns.length ?? 0)) best = header
  }
  return best
}

function readHeader(row: SpreadsheetRow): RosterHeader {
  const columns: RosterColumn[] = []
  const unknown: string[] = []
  const doubled: string[] = []
  row.cells.forEach((cell, column) => {
    const text = normalizeHeader(cell.text)
    const field = fieldByHeader.get(text)
    if (field === undefined) {
      if (text !== '' && !ignored.has(text)) unknown.push(cell.text)
    } else if (columns.some((known) => known.field === field)) {
      doubled.push(cell.text)
    } else {
      columns.push({ field, column, header: cell.text })
    }
  })
  return { rowNumber: row.rowNumber, columns, unknown, doubled }
}

function normalizeHeader(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*:]/g, '')
}
