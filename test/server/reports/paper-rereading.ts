// Reads a written form again: its cells, and the raw parts of its archive.
import { readSheet } from 'read-excel-file/node'
import { inflateEntry, listZip } from '#server/exchange/spreadsheet/zip-archive.ts'
import type { FormSheet } from '#server/reports/paper/form-sheet.ts'
import { writeForm } from '#server/reports/paper/xlsx-form.ts'

/** The cells of one sheet, rows first, null where empty. */
export async function cellsOf(form: FormSheet | readonly FormSheet[], sheet = 1): Promise<unknown[][]> {
  return readSheet(Buffer.from(await writeForm(form)), sheet, { trim: false })
}

/** One part of the archive as text. */
export async function partOf(form: FormSheet | readonly FormSheet[], path: string): Promise<string> {
  const listing = listZip(await writeForm(form))
  const entry = listing.ok ? listing.entries.find((candidate) => candidate.path === path) : undefined
  const bytes = entry === undefined ? null : await inflateEntry(entry, 1e7)
  if (bytes === null) throw new Error(`The file holds no ${path}.`)
  return new TextDecoder().decode(bytes)
}

/** The index of the header row where the form is not marked as demonstration. */
export const headerRow = 3
/** The cells of a row that hold something. */
export const filled = (row: readonly unknown[] | undefined): unknown[] => (row ?? []).filter((cell) => cell !== null)
