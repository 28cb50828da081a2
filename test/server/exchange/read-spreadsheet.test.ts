// Reading bytes from outside: every kind of file that is not a plain spreadsheet has its own word, and nothing is thrown.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { readSpreadsheet } from '#server/exchange/spreadsheet/read-spreadsheet.ts'
import type { SpreadsheetContent } from '#server/exchange/spreadsheet/spreadsheet-read.ts'
import { inflateEntry, listZip, writeZip } from '#server/exchange/spreadsheet/zip-archive.ts'
import { csvOf, makeFixtures, sheetOf } from '#test/fixtures/spreadsheets/make-fixtures.ts'
import { fictionalPeople } from '#test/fixtures/spreadsheets/fictional-people.ts'
import { toGb18030 } from '#test/fixtures/spreadsheets/gb18030-bytes.ts'

const folder = new URL('../../fixtures/spreadsheets/', import.meta.url)
const fixture = (name: string): Uint8Array => readFileSync(new URL(name, folder))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

async function content(bytes: Uint8Array, name: string): Promise<SpreadsheetContent> {
  const read = await readSpreadsheet(bytes, name)
  if (!read.ok) throw new Error(`Expected rows, got ${read.code}.`)
  return read
}

async function codeOf(bytes: Uint8Array, name = 'file.xlsx'): Promise<string> {
  const read = await readSpreadsheet(bytes, name)
  return read.ok ? 'read' : read.code
}

/** Writes a sheet and lets a test spoil parts of its archive. */
async function spoiled(change: (files: Map<string, Uint8Array>) => void): Promise<Uint8Array> {
  const listing = listZip(await sheetOf([[{ value: '姓名', type: String }], [{ value: '石磊', type: String }]]))
  const files = new Map<string, Uint8Array>()
  for (const entry of listing.ok ? listing.entries : [])
    files.set(entry.path, (await inflateEntry(entry, 1e7)) ?? new Uint8Array())
  change(files)
  return writeZip(files, true)
}

const sheetPath = 'xl/worksheets/sheet1.xml'
const withSheet = (xml: string): Promise<Uint8Array> =>
  spoiled((files) =>
    files.set(
      sheetPath,
      utf8(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${xml}</worksheet>`),
    ),
  )

describe('readSpreadsheet: what can be read', () => {
  it('reads UTF-8 with a byte order mark, and keeps four-byte characters', async () => {
    const read = await content(fixture('roster-clean.csv'), 'roster-clean.csv')
    expect(read.kind).toBe('csv-utf8')
    expect(read.rows[0]?.cells[0]?.text).toBe('姓名')
    expect(read.rows).toHaveLength(31)
    expect(read.rows.map((row) => row.cells[0]?.text)).toContain('孟𬭚')
  })

  it('reads GBK where UTF-8 does not fit, four-byte characters and the interpunct included', async () => {
    const read = await content(toGb18030('姓名,民族\r\n𠮷野,汉族\r\n买买提·艾力,维吾尔族\r\n'), 'a.csv')
    expect(read.kind).toBe('csv-gb18030')
    expect(read.rows.map((row) => row.cells.map((cell) => cell.text))).toEqual([
      ['姓名', '民族'],
      ['𠮷野', '汉族'],
      ['买买提·艾力', '维吾尔族'],
    ])
  })

  it('keeps the row numbers a person sees when blank lines stand between', async () => {
    const read = await content(utf8('姓名,性别\n\n,\n石磊,男\n'), 'a.csv')
    expect(read.rows.map((row) => row.rowNumber)).toEqual([1, 4])
    const sheet = await content(
      await sheetOf([[{ value: '姓名', type: String }], [], [{ value: '石磊', type: String }]]),
      'a.xlsx',
    )
    expect(sheet.rows.map((row) => row.rowNumber)).toEqual([1, 3])
  })

  it('reads tabs, semicolons and quoted line ends', async () => {
    const tabs = await content(utf8('姓名\t备注\n石磊\t"一\n二"\n'), 'a.txt')
    expect(tabs.rows[1]?.cells.map((cell) => cell.text)).toEqual(['石磊', '一\n二'])
    const semicolons = await content(utf8('姓名;备注\n石磊;好\n丁一;好\n'), 'a.csv')
    expect(semicolons.rows[1]?.cells.map((cell) => cell.text)).toEqual(['石磊', '好'])
  })

  it('reads dates as days, numbers as digits, and tells which cells were numbers', async () => {
    const bytes = await sheetOf([
      [
        { value: new Date('2027-03-09T00:00:00Z'), type: Date, format: 'yyyy"年"m"月"d"日"' },
        { value: 20270309, type: Number },
        { value: 59.95, type: Number },
        { value: '0012', type: String, format: '@' },
        { value: true, type: Boolean },
        { value: 340100199001010011, type: Number },
      ],
    ])
    const cells = (await content(bytes, 'a.xlsx')).rows[0]?.cells
    expect(cells?.slice(0, 5)).toEqual([
      { text: '2027-03-09', wasNumber: false },
      { text: '20270309', wasNumber: true },
      { text: '59.95', wasNumber: true },
      { text: '0012', wasNumber: false },
      { text: 'TRUE', wasNumber: false },
    ])
    expect(cells?.[5]).toEqual({ text: '340100199001010000', wasNumber: true })
  })

  it('shows the long number exactly as Excel wrote it', async () => {
    const bytes = await withSheet('<sheetData><row r="1"><c r="A1"><v>3.40100199001010E+17</v></c></row></sheetData>')
    expect((await content(bytes, 'a.xlsx')).rows[0]?.cells[0]).toEqual({
      text: '3.40100199001010E+17',
      wasNumber: true,
    })
  })

  it('reports merged blocks with their row', async () => {
    const read = await content(fixture('merged.xlsx'), 'merged.xlsx')
    expect(read.merged).toEqual([{ fromRow: 2, toRow: 4, fromColumn: 8, toColumn: 8 }])
  })

  it('takes the first visible sheet and says that others were left', async () => {
    const bytes = await writeExcelFile([
      { data: [[{ value: '代码', type: String }]], sheet: '代码表' },
      { data: [[{ value: '姓名', type: String }]], sheet: '名册' },
      { data: [[{ value: '说明', type: String }]], sheet: '说明' },
    ]).toBuffer()
    const listing = listZip(bytes)
    const files = new Map<string, Uint8Array>()
    for (const entry of listing.ok ? listing.entries : [])
      files.set(entry.path, (await inflateEntry(entry, 1e7)) ?? new Uint8Array())
    const workbook = new TextDecoder()
      .decode(files.get('xl/workbook.xml'))
      .replace('name="代码表"', 'name="代码表" state="hidden"')
    files.set('xl/workbook.xml', utf8(workbook))
    const read = await content(writeZip(files, true), 'a.xlsx')
    expect(read.rows[0]?.cells[0]?.text).toBe('姓名')
    expect(read.warnings).toEqual([{ code: 'spreadsheet/other-sheets-ignored', row: null }])
  })
})

describe('readSpreadsheet: what cannot', () => {
  it('calls nothing, blanks and separators alone an empty file', async () => {
    expect(await codeOf(fixture('empty.csv'))).toBe('spreadsheet/empty-file')
    expect(await codeOf(utf8(' \r\n \r\n'))).toBe('spreadsheet/empty-file')
    expect(await codeOf(utf8(',,,\r\n,,,\r\n'))).toBe('spreadsheet/empty-file')
    expect(await codeOf(await sheetOf([]))).toBe('spreadsheet/empty-file')
  })

  it('knows a PDF, a picture, a program and a Word file whatever their name', async () => {
    expect(await codeOf(fixture('renamed-pdf.xlsx'))).toBe('spreadsheet/not-a-spreadsheet')
    expect(await codeOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))).toBe('spreadsheet/not-a-spreadsheet')
    expect(await codeOf(utf8('MZ\u0000\u0001'), 'a.csv')).toBe('spreadsheet/not-a-spreadsheet')
    expect(await codeOf(writeZip(new Map([['word/document.xml', utf8('<w:document/>')]]), true))).toBe(
      'spreadsheet/not-a-spreadsheet',
    )
    expect(await codeOf(utf8('a\u0000b\u0001c'), 'a.csv')).toBe('spreadsheet/not-a-spreadsheet')
    expect(await codeOf(utf8('<html><table><tr><td>姓名</td></tr></table></html>'), 'a.csv')).toBe(
      'spreadsheet/not-a-spreadsheet',
    )
  })

  it('tells the old .xls and a web page saved as .xls from a protected file', async () => {
    const compound = (name: string): Uint8Array =>
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.alloc(512),
        Buffer.from(`${name}\0`, 'utf16le'),
        Buffer.alloc(64),
      ])
    expect(await codeOf(compound('Workbook'), 'a.xls')).toBe('spreadsheet/old-xls')
    expect(await codeOf(compound('EncryptedPackage'))).toBe('spreadsheet/password-protected')
    expect(await codeOf(compound('WordDocument'), 'a.doc')).toBe('spreadsheet/not-a-spreadsheet')
    expect(await codeOf(utf8('<html><table></table></html>'), 'a.xls')).toBe('spreadsheet/old-xls')
    const zip = await sheetOf([[{ value: '姓名', type: String }]])
    const encrypted = Uint8Array.from(zip)
    const directory = Buffer.from(encrypted).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    encrypted[directory + 8] = 1
    expect(await codeOf(encrypted)).toBe('spreadsheet/password-protected')
  })

  it('refuses too many rows before parsing them, in both kinds', async () => {
    const limits = { rowsMax: 100, bytesMax: 1e7 }
    const rows = (count: number): Promise<Uint8Array> =>
      sheetOf(Array.from({ length: count }, (_, index) => [{ value: index, type: Number }]))
    expect((await readSpreadsheet(await rows(100), 'a.xlsx', limits)).ok).toBe(true)
    expect(await readSpreadsheet(await rows(101), 'a.xlsx', limits)).toEqual({
      ok: false,
      code: 'spreadsheet/too-many-rows',
    })
    expect((await readSpreadsheet(utf8('a,b\n'.repeat(100)), 'a.csv', limits)).ok).toBe(true)
    expect(await readSpreadsheet(utf8('a,b\n'.repeat(101)), 'a.csv', limits)).toEqual({
      ok: false,
      code: 'spreadsheet/too-many-rows',
    })
  })

  it('refuses a hundred thousand people', async () => {
    const person = csvOf(fictionalPeople(1, '2026-11-24', 1)).split('\r\n')[1] ?? ''
    expect(await codeOf(utf8(`${person}\r\n`.repeat(100_000)), 'a.csv')).toBe('spreadsheet/too-many-rows')
    const row = (number: number): string =>
      `<row r="${number}"><c r="A${number}" t="inlineStr"><is><t>石磊</t></is></c><c r="B${number}"><v>1</v></c></row>`
    expect(
      await codeOf(
        await withSheet(
          `<sheetData>${Array.from({ length: 100_000 }, (_, index) => row(index + 1)).join('')}</sheetData>`,
        ),
      ),
    ).toBe('spreadsheet/too-many-rows')
  })

  it('refuses a file over the byte limit, an archive that unfolds beyond bounds, and a cell at the end of the world', async () => {
    expect(await readSpreadsheet(utf8('a'.repeat(101)), 'a.csv', { rowsMax: 10, bytesMax: 100 })).toEqual({
      ok: false,
      code: 'spreadsheet/too-large',
    })
    const bomb = await spoiled((files) => files.set(sheetPath, Buffer.alloc(140 * 1024 * 1024, 32)))
    expect(bomb.byteLength).toBeLessThan(1_000_000)
    expect(await codeOf(bomb)).toBe('spreadsheet/too-large')
    expect(
      await codeOf(await withSheet('<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')),
    ).toBe('spreadsheet/too-many-rows')
    expect(await codeOf(await withSheet('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'))).toBe(
      'spreadsheet/too-large',
    )
  })

  it('refuses an archive that lies about its sizes instead of believing it', async () => {
    const listing = listZip(await spoiled((files) => files.set(sheetPath, Buffer.alloc(9_000_000, 32))))
    if (!listing.ok) throw new Error('The archive should list.')
    const sheet = listing.entries.find((entry) => entry.path === sheetPath)
    if (sheet === undefined) throw new Error('The sheet should be there.')
    expect(await inflateEntry({ ...sheet, declaredBytes: 10 }, 1000)).toBeNull()
  })

  it('calls a torn archive and torn XML unreadable', async () => {
    const whole = fixture('roster-240.xlsx')
    expect(await codeOf(whole.subarray(0, whole.byteLength - 30))).toBe('spreadsheet/unreadable')
    expect(await codeOf(whole.subarray(0, 5000))).toBe('spreadsheet/unreadable')
    expect(await codeOf(await withSheet('<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>'))).toBe(
      'spreadsheet/unreadable',
    )
    expect(await codeOf(await spoiled((files) => files.delete(sheetPath)))).toBe('spreadsheet/unreadable')
  })
})

describe('readSpreadsheet: anything at all', () => {
  it('never throws on random bytes, with or without the beginning of a known file', async () => {
    const beginnings = [[], [0x50, 0x4b, 3, 4], [0xd0, 0xcf, 0x11, 0xe0], [0xef, 0xbb, 0xbf], [0xff, 0xfe]]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 600 }), async (beginning, bytes) => {
        const read = await readSpreadsheet(Uint8Array.from([...beginning, ...bytes]), 'a.xlsx')
        expect(typeof read.ok).toBe('boolean')
      }),
      { seed: 20261124, numRuns: 300 },
    )
  })

  it('never throws on a real file with bytes changed anywhere', async () => {
    const whole = fixture('scientific.xlsx')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.byteLength - 1), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 8,
        }),
        async (changes) => {
          const bytes = Uint8Array.from(whole)
          for (const [at, value] of changes) bytes[at] = value
          const read = await readSpreadsheet(bytes, 'a.xlsx')
          expect(typeof read.ok).toBe('boolean')
        },
      ),
      { seed: 20261124, numRuns: 200 },
    )
  })

  it('never throws on random text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (text) => {
        expect(typeof (await readSpreadsheet(utf8(text), 'a.csv')).ok).toBe('boolean')
      }),
      { seed: 20261124, numRuns: 300 },
    )
  })
})

describe('the fixtures on disk', () => {
  it('are what the generator makes', async () => {
    for (const [name, bytes] of await makeFixtures()) {
      const [made, kept] = [await readSpreadsheet(bytes, name), await readSpreadsheet(fixture(name), name)]
      expect(kept, name).toEqual(made)
    }
  })
})
