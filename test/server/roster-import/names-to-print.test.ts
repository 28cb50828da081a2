// Names a certificate cannot print: told while the roster comes in, corrected one by one, and not quietly taken back by an old file.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RosterConfirmation, RosterReport } from '#contract/roster-import.ts'
import type { StaffId, TraineeId } from '#contract/values.ts'
import type { z } from 'zod'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import { readVaultRows } from '#server/vault/vault-rows.ts'
import { type TestDevice, valueOf } from '#test/support/test-device.ts'
import { startTestServer, type TestServer } from '#test/support/test-server.ts'

type Report = z.infer<typeof RosterReport>

let server: TestServer
let context: ServerContext
let device: TestDevice

const HEADER =
  '姓名,性别,民族,出生日期,文化程度,身份证号码,罪犯编号/戒毒人员编号,监区/大队,余刑/余期截止日,有劳动能力,备注'
const csv = (...rows: readonly string[]): Uint8Array => Buffer.from([HEADER, ...rows].join('\n'), 'utf8')
const CAO = '曹长河,男,汉族,1997-10-17,高中,341300199710170036,H10001,一监区,2027-03-15,是,'
const ZOU = '邹德旺,男,汉族,1982-02-07,中专,340200198202070054,H10002,一监区,2026-12-20,是,'

const dryRun = (bytes: Uint8Array, name = 'a.csv') =>
  device.json<Report>('POST', `/api/roster-imports?fileName=${encodeURIComponent(name)}`, { body: bytes })
async function take(bytes: Uint8Array) {
  const report = valueOf(await dryRun(bytes))
  const confirmation = valueOf(
    await device.json<z.infer<typeof RosterConfirmation>>('POST', `/api/roster-imports/${report.importId}/confirm`),
  )
  return { report, confirmation }
}

/** Everybody the vault knows. */
const everybody = () =>
  context.store.read(context.facilityId, async (view) => [
    ...(await readVaultRows(view, context.vaultKey, 'trainee')).values(),
  ])

beforeEach(async () => {
  server = await startTestServer({ listens: false, moment: '2026-11-24T09:00:00.000+08:00' })
  context = server.context
  await runAct(context, SERVER_ACTOR, 'foundFacility', {
    name: '示例监狱',
    facilityKind: 'prison',
    cityCode: '340100',
    demonstration: false,
  })
  const admin = {
    staffId: 'A1' as StaffId,
    account: 'admin1',
    staffRole: 'administrator',
    providerId: null,
    displayName: '某某',
    pin: '739152',
  } as const
  await runAct(context, SERVER_ACTOR, 'appointStaff', admin)
  device = await server.join('office')
  await device.signIn('admin1', '739152')
})
afterEach(() => server.stop())

describe('names on the way to a certificate', () => {
  const RARE = CAO.replace('曹长河', '曹𠮷河')
  const issuesOf = async (bytes: Uint8Array) =>
    valueOf(await dryRun(bytes)).issues.map(({ row, column, code, severity, params }) => [
      row,
      column,
      code,
      severity,
      params ?? {},
    ])

  it('are told in the dry run where a character cannot be printed, and taken as they are', async () => {
    expect(await issuesOf(csv(ZOU, RARE))).toEqual([
      [3, '姓名', 'roster/name-not-printable', 'warning', { character: '𠮷', codePoint: 'U+20BB7' }],
    ])
    const { confirmation } = await take(csv(ZOU, RARE))
    expect(confirmation.admittedCount).toBe(2)
    expect((await everybody()).map(({ content }) => content.name)).toContain('曹𠮷河')
  })

  it('once corrected, are not taken back by an old file without a word, and their import is not undone', async () => {
    const { report } = await take(csv(RARE))
    const [cao] = await everybody()
    valueOf(
      await device.act('correctIdentity', {
        traineeId: cao?.id as TraineeId,
        seen: { name: '曹𠮷河', idNumber: cao?.content.idNumber ?? null },
        name: '曹吉河',
        idNumber: cao?.content.idNumber ?? null,
        reason: 'rare-character',
      }),
    )
    expect((await everybody())[0]?.content).toMatchObject({ name: '曹吉河', pinyin: 'cao ji he' })
    expect((await issuesOf(csv(RARE))).map(([, , code]) => code)).toContain('roster/identity-was-corrected')
    expect((await issuesOf(csv(RARE.replace('𠮷', '吉')))).map(([, , code]) => code)).toEqual([])
    expect(await device.act('undoImport', { importId: report.importId })).toMatchObject({
      problem: { refusal: 'trainee/import-in-use' },
    })
    expect(server.log.join('\n')).not.toMatch(/曹|𠮷/)
  })
})
