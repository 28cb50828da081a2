// The roster file people download, fill in and bring back: one sheet to fill, one sheet of notes, nobody in it.
import type { Cell, Row } from 'write-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { rosterColumnWords } from './roster-columns.template.ts'
import { repackZip } from './zip-archive.ts'

/** The name the template is offered under. */
export const rosterTemplateFileName = 'roster-template.xlsx'

const sheetName = '学员名册'
const notesName = '填写说明'
const fillableRows = 500
const widths: Readonly<Record<string, number>> = {
  name: 14,
  idNumber: 22,
  facilityNumber: 26,
  termEndsOn: 20,
  bornOn: 14,
  household: 24,
  employmentIntent: 16,
  workCapable: 14,
  remark: 20,
}
const requiredFields: ReadonlySet<string> = new Set(['name', 'facilityNumber', 'termEndsOn', 'idNumber'])

const notes: readonly string[] = [
  '第一行是表头，请不要改动、合并或调换成别的名称；列的先后可以变。',
  '从第二行起一人一行，不要合并单元格，不要插入小计行。',
  '各列已设为“文本”格式，请直接输入或用“只粘贴值”，这样身份证号码不会变成 3.4E+17。',
  '日期写成 2027-03-09、2027/3/9 或 2027年3月9日；不要写成 3/9/2027。',
  '导入前会先试运行：有错的行和列都会指出来，确认之前什么也不写入。',
  '名册里没有的人不会因此被删除。',
]

/** Writes the import template as .xlsx; every fillable cell is formatted as text, so that long numbers stay whole. */
export async function writeRosterTemplate(): Promise<Uint8Array> {
  const file = await writeExcelFile(
    [
      {
        data: [headerRow(), ...Array.from({ length: fillableRows }, blankRow)],
        sheet: sheetName,
        columns: rosterColumnWords.map(({ field }) => ({ width: widths[field] ?? 12 })),
        stickyRowsCount: 1,
      },
      { data: notesRows(), sheet: notesName, columns: [{ width: 26 }, { width: 10 }, { width: 80 }] },
    ],
    { fontFamily: '宋体', fontSize: 11 },
  ).toBuffer()
  return repackZip(file)
}

function headerRow(): Row {
  return rosterColumnWords.map(
    ({ field, header }): Cell => ({
      value: header,
      type: String,
      format: '@',
      fontWeight: 'bold',
      align: 'center',
      alignVertical: 'center',
      wrap: true,
      height: 30,
      backgroundColor: requiredFields.has(field) ? '#E0ECE9' : '#F4F6F5',
      borderStyle: 'thin',
      borderColor: '#788A90',
    }),
  )
}

function blankRow(): Row {
  return rosterColumnWords.map((): Cell => ({ type: String, format: '@', borderStyle: 'hair', borderColor: '#B8C4C8' }))
}

function notesRows(): Row[] {
  const bold = (value: string): Cell => ({ value, type: String, fontWeight: 'bold' })
  const text = (value: string): Cell => ({ value, type: String, wrap: true, alignVertical: 'top' })
  return [
    [bold('怎样填写')],
    ...notes.map(
      (note, index): Row => [
        { value: `${index + 1}. ${note}`, type: String, wrap: true, columnSpan: 3, height: 20 },
        null,
        null,
      ],
    ),
    [null],
    [bold('列'), bold('必填'), bold('说明')],
    ...rosterColumnWords.map(
      ({ field, header, note }): Row => [text(header), text(requiredFields.has(field) ? '是' : ''), text(note)],
    ),
  ]
}
