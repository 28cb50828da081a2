// The print set-up the spreadsheet library does not write itself: A4, fit to one page's width, margins, page numbers,
// and the title and header rows repeated on every page.
import type writeExcelFile from 'write-excel-file/node'
import { getSelfClosingTagMarkup, sanitizeTextContent } from 'write-excel-file/utility'

/** What one sheet needs; `repeatedRows` are the rows, from 1, printed again at the top of each page. */
interface PageSetup {
  readonly sheetName: string
  readonly orientation: 'portrait' | 'landscape'
  readonly repeatedRows: readonly [first: number, last: number]
  readonly footer: string
}

const paperA4 = 9
// 18 mm above and below, 16 mm at the sides (look.md 9), in inches.
const margins = { left: 0.63, right: 0.63, top: 0.71, bottom: 0.71, header: 0.31, footer: 0.35 }

type WriterOptions = NonNullable<Parameters<typeof writeExcelFile>[1]>
type WriterFeature = NonNullable<WriterOptions['features']>[number]

/** The library's extension that adds the set-up of each sheet, in sheet order. */
export function pageSetupFeature(setups: readonly PageSetup[]): WriterFeature {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: sheetTransform,
          insert: (_options, { sheetIndex }) => sheetMarkup(setups[sheetIndex]),
        },
        'xl/workbook.xml': {
          transform: (xml) => xml.replace('<definedNames/>', definedNames(setups)),
        },
      },
    },
  }
}

function sheetTransform(xml: string): string {
  return (
    xml
      // Fit-to-page must be announced in the very first child of the sheet.
      .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
      // write-excel-file 4.1.1 names the lower right pane active where only rows are frozen; there is none then.
      .replace(
        /(<pane ySplit="\d+") xSplit="0"( topLeftCell="[A-Z]+\d+") activePane="bottomRight"/,
        '$1$2 activePane="bottomLeft"',
      )
  )
}

function sheetMarkup(setup: PageSetup | undefined): string {
  if (setup === undefined) return ''
  return [
    '<printOptions horizontalCentered="1"/>',
    getSelfClosingTagMarkup('pageMargins', margins),
    getSelfClosingTagMarkup('pageSetup', {
      paperSize: paperA4,
      orientation: setup.orientation,
      fitToWidth: 1,
      fitToHeight: 0,
    }),
    `<headerFooter><oddFooter>${sanitizeTextContent(setup.footer)}</oddFooter></headerFooter>`,
  ].join('')
}

function definedNames(setups: readonly PageSetup[]): string {
  const names = setups.map(({ sheetName, repeatedRows: [first, last] }, index) => {
    const range = `'${sheetName.replaceAll("'", "''")}'!$${first}:$${last}`
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sanitizeTextContent(range)}</definedName>`
  })
  return `<definedNames>${names.join('')}</definedNames>`
}
