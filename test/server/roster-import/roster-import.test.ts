import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RosterConfirmation, RosterImports, RosterReport } from '#contract/roster-import.ts'
import { traineeStream } from '#contract/streams.ts'
import type { ImportId, OccupationId, StaffId, TraineeId } from '#contract/values.ts'
import type { z } from 'zod'
import { addDays } from '#domain/shared/calendar.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from '#server/ledger/server-context.ts'
import { seedCatalogue } from '#server/seed/catalogue/seed.ts'
import { testify } from '#server/seed/demonstration/stage.ts'
import { readVaultRows } from '#server/vault/vault-rows.ts'
import { problemCode, type TestDevice, valueOf } from '#test/support/test-device.ts'
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
const confirm = (importId: ImportId) =>
  device.json<z.infer<typeof RosterConfirmation>>('POST', `/api/roster-imports/${importId}/confirm`)
const list = async () => valueOf(await device.json<z.infer<typeof RosterImports>>('GET', '/api/roster-imports')).imports

async function take(bytes: Uint8Array) {
  const report = valueOf(await dryRun(bytes))
  return { report, confirmation: valueOf(await confirm(report.importId)) }
}

/** Everybody as the vault and the ledger know him, without ids and revisions: what an undo has to bring back. */
async function everybody() {
  return context.store.read(context.facilityId, async (view) => {
    const people = [...(await readVaultRows(view, context.vaultKey, 'trainee')).values()]
    const known = []
    for (const { id, content } of people) {
      const { facts, presence } = await loadState(view, 'trainee', traineeStream(id as TraineeId))
      known.push({ id, content, facts, presence })
    }
    return known
  })
}

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

describe('a dry run', () => {
  it('reports the 240-person fixture row by row and writes nothing about anybody', async () => {
    const report = valueOf(await dryRun(readFileSync('test/fixtures/spreadsheets/roster-240.xlsx'), 'roster-240.xlsx'))
    expect([report.fileKind, report.rowCount, report.newCount, report.errorRowCount]).toEqual(['xlsx', 240, 200, 40])
    expect([report.missingCount, report.issuesCut, report.preview.length]).toEqual([0, false, 200])
    expect(await everybody()).toEqual([])
    expect(await list()).toEqual([])
    const drafts = await context.store.read(context.facilityId, (view) => view.records.list('rosterDraftPart'))
    expect(JSON.stringify(drafts)).not.toContain(report.preview[0]?.name)
  })

  it.each([
    ['empty.csv', 'not-a-spreadsheet', 'spreadsheet/empty-file'],
    ['renamed-pdf.xlsx', 'not-a-spreadsheet', 'spreadsheet/not-a-spreadsheet'],
  ])('says what %s is', async (file, code, refusal) => {
    const answer = await dryRun(readFileSync(`test/fixtures/spreadsheets/${file}`), file)
    expect(answer).toMatchObject({ ok: false, problem: { code, refusal } })
  })

  it('refuses too many rows with the limit in the answer', async () => {
    const rows = Array.from(
      { length: 20_001 },
      (_row, index) => `张三,男,汉族,1990-01-01,初中,,N${index},一监区,2027-01-01,是,`,
    )
    expect(await dryRun(csv(...rows))).toMatchObject({
      ok: false,
      problem: { code: 'too-large', refusal: 'spreadsheet/too-many-rows', params: { rowsMax: 20_000 } },
    })
  })

  it('needs a signed-in administrator or officer', async () => {
    const stranger = await server.join('office')
    expect(problemCode(await stranger.json('POST', '/api/roster-imports?fileName=a.csv', { body: csv(CAO) }))).toBe(
      'sign-in-needed',
    )
  })
})

describe('confirming', () => {
  it('writes all rows without an error, once, and answers the same when asked again', async () => {
    const { report, confirmation } = await take(readFileSync('test/fixtures/spreadsheets/roster-240.xlsx'))
    expect([confirmation.admittedCount, confirmation.changedCount]).toEqual([200, 0])
    expect((await everybody()).filter(({ presence }) => presence === 'present').length).toBe(200)
    expect(valueOf(await confirm(report.importId))).toEqual(confirmation)
    expect((await everybody()).length).toBe(200)
    expect((await list()).map(({ importId, undoable }) => [importId, undoable])).toEqual([[report.importId, true]])
  })

  it('finds people again by number and by identity number; blanks and missing rows change nothing', async () => {
    await take(csv(CAO, ZOU))
    const same = valueOf(await dryRun(csv(CAO, ZOU)))
    expect([same.sameCount, same.newCount, same.changedCount]).toEqual([2, 0, 0])
    const { report } = await take(csv('曹长河,男,,1997-10-17,,341300199710170036,H20001,三监区,2027-01-15,是,'))
    expect([report.changedCount, report.missingCount]).toEqual([1, 1])
    expect(report.issues.map(({ code }) => code)).toContain('roster/facility-number-changed')
    const cao = (await everybody()).find(({ content }) => content.name === '曹长河')
    expect(cao?.content).toMatchObject({
      facilityNumber: 'H20001',
      education: '高中',
      ethnicity: '汉族',
      ward: '三监区',
      pinyin: 'cao chang he',
      initials: 'cch',
    })
    expect(cao?.facts?.termEndsOn).toBe('2027-01-15')
    expect((await everybody()).length).toBe(2)
  })

  it('refuses a row whose two numbers belong to two people, or whose number another person has', async () => {
    await take(csv(CAO, ZOU))
    const report = valueOf(
      await dryRun(
        csv(
          CAO.replace('H10001', 'H10002'),
          '李四,男,汉族,1990-05-05,初中,340100199005050013,H10001,一监区,2027-01-01,是,',
        ),
      ),
    )
    expect(report.errorRowCount).toBe(2)
    const codes = report.issues.filter(({ severity }) => severity === 'error').map(({ code }) => code)
    expect(codes[0]).toBe('roster/id-of-another-person')
    expect(valueOf(await confirm(report.importId))).toMatchObject({
      admittedCount: 0,
      changedCount: 0,
      positions: null,
    })
  })

  it('takes back someone who had left', async () => {
    await take(csv(CAO))
    const [cao] = await everybody()
    await runAct(context, SERVER_ACTOR, 'recordDeparture', {
      traineeId: cao?.id as TraineeId,
      leftOn: context.clock.today(),
      reason: 'transferred',
    })
    const { report } = await take(csv(CAO))
    expect([report.changedCount, report.issues.some(({ code }) => code === 'roster/person-returns')]).toEqual([1, true])
    expect((await everybody()).map(({ presence }) => presence)).toEqual(['present'])
  })

  it('is refused when the people changed since the dry run, and after an hour', async () => {
    const report = valueOf(await dryRun(csv(CAO)))
    await take(csv(ZOU))
    expect(await confirm(report.importId)).toMatchObject({
      problem: { code: 'refused', refusal: 'trainee/import-outdated' },
    })
    const late = valueOf(await dryRun(csv(CAO)))
    server.clock.advance({ hours: 1, minutes: 1 })
    expect(await confirm(late.importId)).toMatchObject({
      problem: { code: 'refused', refusal: 'trainee/import-unknown' },
    })
    expect((await everybody()).map(({ content }) => content.name)).toEqual(['邹德旺'])
  })

  it('takes the two lines of one person for an error, whichever number found him', async () => {
    await take(csv(CAO))
    const report = valueOf(await dryRun(csv(CAO.replace('341300199710170036', ''), CAO.replace('H10001', 'H30001'))))
    expect(report.preview.map(({ status }) => status)).toEqual(['same', 'error'])
  })
})

describe('undoing', () => {
  it('brings everybody back to what he was, and may be done once', async () => {
    await take(csv(CAO))
    const before = await everybody()
    const { report } = await take(csv(CAO.replace('一监区', '二监区').replace('2027-03-15', '2027-02-15'), ZOU))
    expect((await everybody()).length).toBe(2)
    valueOf(await device.act('undoImport', { importId: report.importId }))
    expect(await everybody()).toEqual(before)
    expect(await device.act('undoImport', { importId: report.importId })).toMatchObject({
      problem: { refusal: 'trainee/import-unknown' },
    })
    expect((await list()).map(({ undone, undoable }) => [undone, undoable])).toContainEqual([true, false])
  })

  it('brings back a name even where no fact of the law had changed', async () => {
    await take(csv(CAO))
    const before = await everybody()
    const { report, confirmation } = await take(csv(CAO.replace('曹长河', '曹常和')))
    expect([confirmation.changedCount, confirmation.positions]).toEqual([1, null])
    valueOf(await device.act('undoImport', { importId: report.importId }))
    expect(await everybody()).toEqual(before)
  })

  it('is refused, and changes nothing, once something rests on it', async () => {
    await seedCatalogue(context)
    const { report } = await take(csv(CAO, ZOU))
    const [first] = await everybody()
    const traineeId = first?.id as TraineeId
    const self = { actorId: traineeId as never, role: 'trainee' } as const
    const wishes = [{ occupationId: 'welder' as OccupationId, skillLevel: 5 as const, reason: null }]
    await context.store.transaction(context.facilityId, (tx) =>
      testify(tx, context, self, 'registerWishes', { traineeId, wishes }),
    )
    const before = await everybody()
    expect((await list())[0]?.undoable).toBe(false)
    expect(await device.act('undoImport', { importId: report.importId })).toMatchObject({
      problem: { refusal: 'trainee/import-in-use' },
    })
    expect(await everybody()).toEqual(before)
  })

  it('is refused when a later import changed a name it had written', async () => {
    const { report } = await take(csv(CAO))
    await take(csv(CAO.replace('曹长河', '曹常和')))
    const before = await everybody()
    expect(await device.act('undoImport', { importId: report.importId })).toMatchObject({
      problem: { refusal: 'trainee/import-in-use' },
    })
    expect(await everybody()).toEqual(before)
  })
})

describe('admitting without an import', () => {
  it('is refused for someone without an identity', async () => {
    const facts = {
      sex: 'male',
      bornOn: '1990-01-01',
      termEndsOn: addDays(context.clock.today(), 100),
      workCapable: true,
    } as never
    const answer = await device.act('admitTrainees', {
      importId: null,
      trainees: [{ traineeId: 'T9' as TraineeId, facts, isNew: true }],
    })
    expect(answer).toMatchObject({ problem: { refusal: 'trainee/unknown' } })
    expect(await context.store.read(context.facilityId, (view) => loadFamily(view, 'trainee'))).toEqual([])
  })
})

it('names nobody in what the server logs', async () => {
  await take(csv(CAO))
  await dryRun(Buffer.from('%PDF-1.7 曹长河'), '曹长河.pdf')
  expect(server.log.length).toBeGreaterThan(0)
  expect(server.log.join('\n')).not.toMatch(/曹长河|H10001|3413/)
  expect(server.log.join('\n')).not.toContain(encodeURIComponent('曹长河'))
})
