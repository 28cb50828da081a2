// A roster of people who do not exist, as the office would import it.
import type { RosterConfirmation, RosterReport } from '#contract/roster-import.ts'
import type { z } from 'zod'
import { fictionalPeople } from '#test/fixtures/spreadsheets/fictional-people.ts'
import { type TestDevice, valueOf } from '#test/support/test-device.ts'

const HEAD =
  '姓名,性别,民族,出生日期,文化程度,身份证号码,罪犯编号/戒毒人员编号,监区/大队,余刑/余期截止日,户籍地,就业意向,有劳动能力,备注'

/** A UTF-8 CSV of so many people; where two happen to have one identity number, the later is left without it. */
export function rosterCsv(count: number, asOf: string): Uint8Array {
  const seen = new Set<string>()
  const lines = fictionalPeople(count, asOf, 20_261_123).map((person) => {
    const isTaken = seen.has(person.idNumber)
    seen.add(person.idNumber)
    const { name, sex, ethnicity, bornOn, education, facilityNumber, ward, termEndsOn, household } = person
    const { employmentIntent, workCapable, remark } = person
    const idNumber = isTaken ? '' : person.idNumber
    return [
      name,
      sex,
      ethnicity,
      bornOn,
      education,
      idNumber,
      facilityNumber,
      ward,
      termEndsOn,
      household,
      employmentIntent,
      workCapable,
      remark,
    ].join(',')
  })
  return Buffer.from(`\u{feff}${[HEAD, ...lines].join('\r\n')}\r\n`)
}

/** Dry run of a file. */
export async function dryRun(office: TestDevice, csv: Uint8Array): Promise<RosterReport> {
  const headers = { 'content-type': 'application/octet-stream' }
  const report = valueOf(
    await office.json<RosterReport>('POST', '/api/roster-imports?fileName=roster.csv', { body: csv, headers }),
  )
  if (report.errorRowCount > 0)
    throw new Error(
      `the roster has ${report.errorRowCount} rows with errors: ${JSON.stringify(report.issues.slice(0, 3))}`,
    )
  return report
}

/** Writes what the dry run reported. */
export async function confirm(office: TestDevice, report: RosterReport): Promise<void> {
  valueOf(
    await office.json<z.infer<typeof RosterConfirmation>>('POST', `/api/roster-imports/${report.importId}/confirm`),
  )
}
