// A paper form as data: title, head lines, a table, foot lines. xlsx-form.ts writes it, the templates fill it.

/** A cell: text stays text, a number stays a number with the column's decimals, null prints as an empty box. */
export type FormCell = string | number | null

/** One column; `width` in characters. `decimals` applies to number cells only. */
export interface FormColumn {
  readonly header: string
  readonly width: number
  readonly align: 'left' | 'center' | 'right'
  readonly decimals?: number
}

/** One line above or below the table; parts that are missing leave their side empty. */
export interface FormLine {
  readonly left?: string
  readonly right?: string
}

/** One printed sheet. */
export interface FormSheet {
  readonly sheetName: string
  readonly title: string
  readonly headLines: readonly FormLine[]
  readonly columns: readonly FormColumn[]
  readonly rows: readonly (readonly FormCell[])[]
  readonly footLines: readonly FormLine[]
  readonly orientation: 'portrait' | 'landscape'
  readonly rowHeightMm: number
  readonly demonstration: boolean
  readonly proofLine: string | null
}
