// Takes out of an .xlsx archive the few parts that describe its first visible sheet, each under a size limit.
import type { SpreadsheetFault } from './spreadsheet-read.ts'
import { spreadsheetFault } from './spreadsheet-read.ts'
import { attributeOf, tagsOf } from './xml-tags.ts'
import type { ZipEntry } from './zip-archive.ts'
import { inflateEntry, listZip } from './zip-archive.ts'

/** The parts the parser may see, by path, with the sheet's text ready for the survey. */
export interface SheetParts {
  readonly ok: true
  readonly parts: ReadonlyMap<string, Uint8Array>
  readonly sheetName: string
  readonly sheetXml: string
  readonly otherSheets: number
}

const relationshipsPath = 'xl/_rels/workbook.xml.rels'
const workbookPath = 'xl/workbook.xml'
const partBytesMax = 128 * 1024 * 1024
const smallPartBytesMax = 8 * 1024 * 1024
const wholeBytesMax = 192 * 1024 * 1024

/** Opens the archive; the outcome is a fault when it is protected, too large, another Office file, or broken. */
export async function openSheet(bytes: Uint8Array): Promise<SheetParts | SpreadsheetFault> {
  const listing = listZip(bytes)
  if (!listing.ok) return spreadsheetFault('spreadsheet/unreadable')
  const entries = new Map(listing.entries.map((entry) => [entry.path, entry]))
  if (listing.entries.some((entry) => entry.isEncrypted)) return spreadsheetFault('spreadsheet/password-protected')
  const workbookEntry = entries.get(workbookPath)
  const relationshipsEntry = entries.get(relationshipsPath)
  if (workbookEntry === undefined) return spreadsheetFault('spreadsheet/not-a-spreadsheet')
  if (relationshipsEntry === undefined) return spreadsheetFault('spreadsheet/unreadable')
  const workbook = await inflateEntry(workbookEntry, smallPartBytesMax)
  const relationships = await inflateEntry(relationshipsEntry, smallPartBytesMax)
  if (workbook === null || relationships === null) return spreadsheetFault('spreadsheet/unreadable')
  const sheets = sheetsOf(decode(workbook))
  const sheet = sheets.find((candidate) => candidate.isVisible) ?? sheets[0]
  if (sheet === undefined) return spreadsheetFault('spreadsheet/unreadable')
  const targets = targetsOf(decode(relationships))
  const sheetPath = targets.get(sheet.relationId)?.path
  if (sheetPath === undefined) return spreadsheetFault('spreadsheet/unreadable')
  const parts = new Map([
    [workbookPath, workbook],
    [relationshipsPath, relationships],
  ])
  const wanted = [sheetPath, ...[...targets.values()].filter((target) => target.isShared).map((target) => target.path)]
  const inflated = await inflateAll(wanted, entries, parts)
  if (!inflated.ok) return inflated
  const sheetBytes = parts.get(sheetPath)
  if (sheetBytes === undefined) return spreadsheetFault('spreadsheet/unreadable')
  const others = sheets.filter((candidate) => candidate !== sheet && candidate.isVisible).length
  return { ok: true, parts, sheetName: sheet.name, sheetXml: decode(sheetBytes), otherSheets: others }
}

async function inflateAll(
  paths: readonly string[],
  entries: ReadonlyMap<string, ZipEntry>,
  into: Map<string, Uint8Array>,
): Promise<{ readonly ok: true } | SpreadsheetFault> {
  let left = wholeBytesMax
  for (const path of paths) {
    const entry = entries.get(path)
    if (entry === undefined || into.has(path)) continue
    const bytesMax = Math.min(partBytesMax, left)
    if (entry.declaredBytes > bytesMax) return spreadsheetFault('spreadsheet/too-large')
    const part = await inflateEntry(entry, bytesMax)
    if (part === null) return spreadsheetFault('spreadsheet/unreadable')
    left -= part.byteLength
    into.set(path, part)
  }
  return { ok: true }
}

interface SheetReference {
  readonly name: string
  readonly relationId: string
  readonly isVisible: boolean
}

function sheetsOf(workbookXml: string): SheetReference[] {
  const found: SheetReference[] = []
  for (const tag of tagsOf(workbookXml, 'sheet')) {
    const name = attributeOf(tag, 'name')
    const relationId = attributeOf(tag, 'id')
    if (name === null || relationId === null) continue
    found.push({ name, relationId, isVisible: (attributeOf(tag, 'state') ?? 'visible') === 'visible' })
  }
  return found
}

interface RelationTarget {
  readonly path: string
  readonly isShared: boolean
}

function targetsOf(relationshipsXml: string): Map<string, RelationTarget> {
  const targets = new Map<string, RelationTarget>()
  for (const tag of tagsOf(relationshipsXml, 'Relationship')) {
    const id = attributeOf(tag, 'Id')
    const target = attributeOf(tag, 'Target')
    const type = attributeOf(tag, 'Type') ?? ''
    if (id === null || target === null) continue
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    targets.set(id, { path, isShared: type.endsWith('/sharedStrings') || type.endsWith('/styles') })
  }
  return targets
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
