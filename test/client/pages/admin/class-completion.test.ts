// @vitest-environment happy-dom
// A class to its end as an administrator does it: check list, completion with figures that agree, seal. The PIN is asked again where the site wants it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EffectScope } from 'vue'
import type { TestimonyCommand } from '#contract/commands/testimony.ts'
import type { BodyOf } from '#contract/kind-registry.ts'
import type { CalendarDate, ClockTime, ModuleId, SessionId } from '#contract/values.ts'
import { readSheet } from 'read-excel-file/node'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import { makeClassPaper } from '#server/reports/make-class-paper.ts'
import { resetClock } from '#client/stores/clock.ts'
import { useRecorder } from '#client/stores/record.ts'
import { useSignIn } from '#client/stores/sign-in.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { allByRole } from '../../components/mount-with-messages.ts'
import { markAbsent } from '../../support/marks.ts'
import type { CallFate } from '../../support/site-fetch.ts'
import { CLASS_ID, seedClass, SESSION_ID, traineeIdOf } from '../../support/test-class.ts'
import { publishSyllabus } from '../../support/test-syllabus.ts'
import { nameOf, seedPeople } from '../../support/test-people.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet } from '../../support/test-tablet.ts'
import type { TestTablet } from '../../support/test-tablet.ts'
import { openOffice, pageText, press, seen, signInAs, type } from './office-page.ts'

// The lesson of the test class is from 08:30 to 10:00.
const EVENING = '2026-11-02T17:00:00.000+08:00'

let site: TestServer
let tablet: TestTablet
let scope: EffectScope
let staff: Awaited<ReturnType<typeof foundTestFacility>>
let network: CallFate = 'arrives'

beforeEach(async () => {
  network = 'arrives'
  site = await startTestServer({ listens: false, moment: EVENING })
  staff = await foundTestFacility(site)
  await seedClass(site, 3)
  await seedPeople(site, 3)
  tablet = await joinTablet(site, { random: seededRandom(1), fateOf: () => network })
  await tablet.joined.sync.syncNow()
  scope = openStores(tablet.core)
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

const score = (
  index: number,
  part: 'theory' | 'practical',
  result: BodyOf<'assessment.scored.v1'>['result'],
): TestimonyCommand => ({
  name: 'recordScore',
  body: { classId: CLASS_ID, traineeId: traineeIdOf(index), part, attempt: 1, result, correctionReason: null },
})

/** The teacher's work: trainee 3 absent, 1 passes, 2 fails; `logged` says what was taught as well. */
async function teach(): Promise<void> {
  const recorder = useRecorder()
  const lesson = { classId: CLASS_ID, sessionId: SESSION_ID }
  const commands: TestimonyCommand[] = [
    markAbsent(3),
    {
      name: 'confirmHeadCount',
      body: { ...lesson, expectedCount: 3, markedPresentCount: 2, spokenCount: 2, differenceReason: null },
    },
    ...([1, 2] as const).flatMap((index) => [
      score(index, 'theory', { scoreTenths: 700 }),
      score(index, 'practical', { scoreTenths: index === 1 ? 605 : 599 }),
    ]),
  ]
  for (const command of commands) expect(await recorder.record(command)).toMatchObject({ ok: true })
  await tablet.joined.sync.syncNow()
}

/** What was taught stands in the ledger without a catalogue in this small site. */
async function logLesson(): Promise<void> {
  const body = {
    classId: CLASS_ID,
    sessionId: SESSION_ID,
    moduleId: 'M1' as ModuleId,
    theoryMinutes: 40,
    practicalMinutes: 50,
    noteId: null,
  }
  const draft = {
    stream: `class/${CLASS_ID}/session/${SESSION_ID}`,
    kind: 'attendance.lesson-logged.v1' as const,
    body,
    occurredOn: site.clock.today(),
    basedOn: null,
  }
  await site.context.store.transaction(site.context.facilityId, (tx) =>
    appendAsServer(tx, site.context, SERVER_ACTOR, [draft]),
  )
  await tablet.joined.sync.syncNow()
}

describe('the end of a class', () => {
  it('lists what is open, names who has too few hours, and cannot be completed before it is done', async () => {
    await teach()
    await openOffice(`/admin/classes/${CLASS_ID}`)
    await signInAs('admin1', staff.adminPin)
    await seen('结业核对')
    await seen('1 / 1 次课确认了人数')
    await seen('0 / 1 次课写了上了什么')
    await seen(`${nameOf(3)} 0%`)
    await seen('合格 1 + 不合格 1 + 未考 1 = 3')
    expect(pageText()).toContain('先处理核对表里的 1 项')
    expect(allByRole('button', '结业').every((button) => (button as HTMLButtonElement).disabled)).toBe(true)
  })

  it('is completed with figures that agree and sealed; the PIN is asked again after a sign-in without the site', async () => {
    await teach()
    await logLesson()

    network = 'lost'
    await openOffice(`/admin/classes/${CLASS_ID}`)
    await signInAs('admin1', staff.adminPin)
    await seen('核对都齐了')
    expect(useSignIn().atServer).toBe(false)
    await press('结业')
    await seen('加起来正好 3 人')
    await press('结业')
    await seen('再输一次 PIN')
    await type('PIN（6 位数字）', staff.adminPin)
    await press('确认')
    await seen('站点连不上')
    network = 'arrives'
    await type('PIN（6 位数字）', staff.adminPin)
    await press('确认')
    await seen('还有 10 个工作日')
    await vi.waitUntil(
      async () => (await tablet.joined.ledger.state('class', `class/${CLASS_ID}`)).phase === 'completed',
    )

    await seen('封存后不能改，只能补正')
    await press('封存')
    await seen('封存这个班')
    await press('封存')
    await vi.waitUntil(async () => (await tablet.joined.ledger.state('class', `class/${CLASS_ID}`)).phase === 'sealed')
    // The seal is the last entry there is: the page says it is true there, and shows the id of that very entry.
    const { position, last } = await site.context.store.read(site.context.facilityId, async (view) => {
      const head = await view.entries.headPosition()
      const [entry] = await view.entries.feed({ after: head - 1, until: head, roots: null, limit: 1 })
      return { position: head, last: entry }
    })
    expect(last?.text).toContain('class.sealed.v1')
    await seen(`本页数字来自账本第 ${position} 条`)
    await seen('封存校验码')
    const groups = last?.id.match(/.{4}/g) ?? []
    expect(document.querySelector('.proof code')?.textContent).toBe(
      `${groups.slice(0, 2).join(' ')} … ${groups.slice(-2).join(' ')}`,
    )
    expect((await tablet.joined.ledger.state('class', `class/${CLASS_ID}`)).seal?.signers).toEqual([
      { staffId: staff.adminId, role: 'administrator', organisation: 'facility' },
    ])
  })

  it('with fewer hours than the syllabus asks for a reason and words, keeps both, and shows them after the seal', async () => {
    await publishSyllabus(site)
    await teach()
    await logLesson()
    await openOffice(`/admin/classes/${CLASS_ID}`)
    await signInAs('admin1', staff.adminPin)
    await seen('大纲 6 学时，实上 2 学时')
    await seen('别的都齐了。结业时要写明原因')
    await press('结业')
    await seen('大纲要 6 学时，实上 2 学时')
    const confirm = () => allByRole('button', '结业').at(-1) as HTMLButtonElement
    expect(confirm().disabled).toBe(true)
    const why = [...document.querySelectorAll('label')].find((one) => one.textContent?.includes('停课没有补上'))
    why?.querySelector('input')?.click()
    await type('写明情况 *', '   ')
    expect(confirm().disabled).toBe(true)
    await type('写明情况 *', '台风停课两周')
    await press('结业')
    await vi.waitUntil(
      async () => (await tablet.joined.ledger.state('class', `class/${CLASS_ID}`)).phase === 'completed',
    )
    const { completion } = await tablet.joined.ledger.state('class', `class/${CLASS_ID}`)
    expect(completion?.shortfall).toMatchObject({ reason: 'lessons-lost', syllabusMinutes: 270 })
    await seen('停课没有补上：台风停课两周')
    const paper = await makeClassPaper(site.context, CLASS_ID, 'scores')
    const cells = paper.ok ? await readSheet(Buffer.from(paper.value.bytes), 1) : []
    expect(cells.flat()).toContain('大纲 6 学时，实上 2 学时。原因：停课没有补上——台风停课两周')
    await press('封存')
    await seen('学时少于大纲的原因： 停课没有补上：台风停课两周')
  })

  it('before the last lesson is over by the clock asks for a reason too; lessons to come are named and stand in the way', async () => {
    site.clock.setTo('2026-11-02T09:30:00.000+08:00')
    resetClock()
    await teach()
    await logLesson()
    await openOffice(`/admin/classes/${CLASS_ID}`)
    await signInAs('admin1', staff.adminPin)
    await seen('1 次课还没下课')
    await press('结业')
    await seen('今天 08:30 的课按课表 10:00 才下课')
    expect((allByRole('button', '结业').at(-1) as HTMLButtonElement).disabled).toBe(true)
    await press('取消')
    const session = { sessionId: 'S9' as SessionId, on: '2026-11-05' as CalendarDate, startsAt: '14:00' as ClockTime }
    const draft = {
      stream: `class/${CLASS_ID}`,
      kind: 'class.session-changed.v1' as const,
      body: { classId: CLASS_ID, session: { ...session, minutes: 90 }, cancelled: false, reason: 'other' as const },
      occurredOn: site.clock.today(),
      basedOn: null,
    }
    await site.context.store.transaction(site.context.facilityId, (tx) =>
      appendAsServer(tx, site.context, SERVER_ACTOR, [draft]),
    )
    await tablet.joined.sync.syncNow()
    await seen('还有 1 次课没上')
    await seen('11月5日 14:00。上完再结业；不上的课，在课表里取消')
    expect(allByRole('button', '结业').every((button) => (button as HTMLButtonElement).disabled)).toBe(true)
  })
})
