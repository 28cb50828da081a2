// @vitest-environment happy-dom
// Scores by hand: two keys a score, nothing clamped, what is wrong stays in its field with the reason.
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { assessmentStream } from '#contract/streams.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { byRole } from '../../components/mount-with-messages.ts'
import { CLASS_ID, SESSION_ID, traineeIdOf } from '../../support/test-class.ts'
import { nameOf } from '../../support/test-people.ts'
import {
  type Classroom,
  fill,
  keyOf,
  openClassroom,
  openInstructor,
  pageText,
  press,
  pressKey,
  ROLL_CALL,
  SCORES,
  seen,
  until,
  valueOf,
  writeAtSite,
} from './instructor-page.ts'

// In the environment of a page the address of the typeface is no file; nothing is printed here.
vi.mock('#server/reports/paper/certificate-font.ts', () => ({
  certificateFont: () => Promise.reject(new Error('no certificate is made in this test')),
}))

const STREAM = assessmentStream(CLASS_ID)
let room: Classroom
afterEach(() => room.close())

const theory = (index: number) => `${nameOf(index)} 理论`
const scores = async (index: number) =>
  ((await room.tablet.joined.ledger.state('assessment', STREAM)).scores[traineeIdOf(index)] ?? []).map(
    ({ part, result }) => [part, 'word' in result ? result.word : result.scoreTenths],
  )
const recorded = (count: number) =>
  until(() => room.tablet.joined.ledger.ownWork().ownCount === count, `entry ${count}`)

async function openScores(traineeCount: number, before?: (site: TestServer) => Promise<void>) {
  room = await openClassroom(traineeCount, before)
  await openInstructor(SCORES)
  await seen(nameOf(traineeCount))
}

describe('the score sheet', () => {
  it('tells of marks that wait, on a ladder that says the same as on every page', async () => {
    room = await openClassroom(2)
    room.network = 'lost'
    await openInstructor(ROLL_CALL)
    await seen(nameOf(2))
    keyOf(nameOf(1), '缺勤').click()
    await recorded(1)
    await openInstructor(SCORES)
    await openInstructor('/instructor')
    await until(() => document.querySelectorAll('.save-word').length === 3, 'three pages')
    const words = () => [...document.querySelectorAll('.save-word')].map((word) => word.textContent)
    await until(() => words().every((word) => word === '已存本机，1 条待传'), words().join(' | '))
  })

  it('takes forty times two scores in two keys each, from one field to the next', async () => {
    await openScores(40)
    const pad = new Map(
      [...document.querySelectorAll<HTMLButtonElement>('.pad-key')].map((key) => [key.textContent, key]),
    )
    let keys = 0
    for (let score = 20; score < 100; score += 1) {
      for (const digit of String(score)) {
        pad.get(digit)?.click()
        await nextTick()
        keys += 1
      }
    }
    expect(keys).toBeLessThan(240)
    await recorded(80)
    expect(await scores(1)).toEqual([
      ['theory', 200],
      ['practical', 600],
    ])
    expect(await scores(40)).toEqual([
      ['theory', 590],
      ['practical', 990],
    ])
    expect(pageText()).toContain('已录 80 / 80')
  }, 120_000)

  it('joins a decimal to the score just typed, knows 100 and the two words, and waits after 10', async () => {
    await openScores(5)
    for (const key of ['5', '9', '.5', '100', '缺考', '缓考', '1', '0']) await press(key)
    expect(valueOf(theory(5))).toBe('10')
    await press('下一人')
    await recorded(5)
    expect([await scores(1), await scores(2), await scores(3), await scores(4), await scores(5)]).toEqual([
      [['theory', 595]],
      [['theory', 1000]],
      [['theory', 'absent']],
      [['theory', 'deferred']],
      [['theory', 100]],
    ])
    expect(pageText()).toContain('理论不到 60')
  })

  it.each([
    ['101', '超过 100 分'],
    ['59.95', '小数最多一位'],
    ['-3', '不能是负数'],
    ['很好', '这不是分数'],
  ])('refuses %s in words and leaves it in the field', async (text, words) => {
    await openScores(2)
    await fill(theory(1), text)
    await pressKey('Enter')
    await seen(words)
    expect(valueOf(theory(1))).toBe(text)
    expect(byRole('textbox', theory(1)).getAttribute('aria-invalid')).toBe('true')
    expect(room.tablet.joined.ledger.ownWork().ownCount).toBe(0)
  })

  it('refuses 60. when the hand goes on, and says how many fields wait to be mended', async () => {
    await openScores(2)
    await fill(theory(1), '60.')
    expect(pageText()).not.toContain('小数点后面没有数字')
    byRole('textbox', theory(2)).focus()
    await seen('小数点后面没有数字，没有记')
    await seen('1 格没有记，要改')
    expect(valueOf(theory(1))).toBe('60.')
    expect(room.tablet.joined.ledger.ownWork().ownCount).toBe(0)
    await fill(theory(1), '60.5')
    await pressKey('Enter')
    await recorded(1)
    expect(await scores(1)).toEqual([['theory', 605]])
  })

  it('says of each of two refused fields in one row why', async () => {
    await openScores(2)
    await fill(theory(1), '101')
    await pressKey('Enter')
    await fill(`${nameOf(1)} 实操`, '59.95')
    await pressKey('Enter')
    const row = () => byRole('textbox', theory(1)).closest('tr')?.textContent ?? ''
    await until(() => row().includes('理论：超过 100 分'), 'the reason of the theory')
    expect(row()).toContain('实操：小数最多一位')
    await seen('2 格没有记，要改')
    expect(room.tablet.joined.ledger.ownWork().ownCount).toBe(0)
  })

  it('asks for the reason of a correction and keeps both scores', async () => {
    await openScores(2)
    await fill(theory(1), '58')
    await recorded(1)
    await until(() => valueOf(theory(1)) === '58', 'the recorded score')
    await fill(theory(1), '85')
    await pressKey('Enter')
    await seen('原来是 58，改成 85')
    expect(room.tablet.joined.ledger.ownWork().ownCount).toBe(1)
    await press('合计错了')
    await recorded(2)
    const { history } = await room.tablet.joined.ledger.state('assessment', STREAM)
    expect(history[traineeIdOf(1)]?.map(({ result }) => result)).toEqual([{ scoreTenths: 580 }, { scoreTenths: 850 }])
  })
})

describe('a pasted column', () => {
  it('is shown before it is written; what cannot be taken is named and stays in its field', async () => {
    await openScores(5)
    const field = byRole('textbox', theory(2))
    field.focus()
    await flushPromises()
    const clipboardData = { getData: () => '70\r\n101\r\n\r\n８８\r\n66' }
    field.dispatchEvent(Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData }))
    await seen('共 4 个：2 个可以写入，2 个不能')
    expect(pageText()).toContain('这一行没有对应的人')
    expect(room.tablet.joined.ledger.ownWork().ownCount).toBe(0)
    await press('写入 2 个')
    await recorded(2)
    expect([await scores(2), await scores(3), await scores(4), await scores(5)]).toEqual([
      [['theory', 700]],
      [],
      [],
      [['theory', 880]],
    ])
    expect(valueOf(theory(3))).toBe('101')
    expect(pageText()).toContain('超过 100 分')
  })
})

describe('going away from the sheet', () => {
  it('is asked about while a field is written and not recorded, and leads back to it or goes on', async () => {
    await openScores(2)
    await fill(theory(2), '8')
    const back = () => document.querySelector<HTMLElement>('.bar a[href$="/C1"], .bar button, header a')
    back()?.click()
    await seen('1 格写了还没记')
    expect(pageText()).toContain(`${nameOf(2)}，写的是“8”`)
    await press('回去记')
    expect(valueOf(theory(2))).toBe('8')
    await fill(theory(2), '80')
    await recorded(1)
    back()?.click()
    await seen('还没点名')
    expect(await scores(2)).toEqual([['theory', 800]])
  })
})

describe('somebody below the threshold of hours', () => {
  const missed = async (site: TestServer) => {
    const lesson = { classId: CLASS_ID, sessionId: SESSION_ID }
    const stream = `class/${CLASS_ID}/session/${SESSION_ID}`
    await writeAtSite(site, stream, 'attendance.marked.v1', {
      ...lesson,
      traineeId: traineeIdOf(1),
      mark: 'absent',
      minutes: null,
      leaveReason: null,
      noteId: null,
      correctionReason: null,
    })
    await writeAtSite(site, stream, 'attendance.head-counted.v1', {
      ...lesson,
      expectedCount: 2,
      markedPresentCount: 1,
      spokenCount: 1,
      differenceReason: null,
    })
  }

  it('is marked with why, gets no points before he is admitted with a reason, and gets them afterwards', async () => {
    await openScores(2, missed)
    await fill(theory(1), '88')
    await seen('到课 0 / 90 分钟，0%，不到 80%')
    expect(valueOf(theory(1))).toBe('88')
    expect(room.tablet.joined.ledger.ownWork().ownCount).toBe(0)
    await press(`准考 ${nameOf(1)}`)
    await press('准考')
    await seen('请先选一个理由')
    const prior = [...document.querySelectorAll('label')].find((one) => one.textContent?.includes('已有基础'))
    prior?.querySelector('input')?.click()
    await press('准考')
    await recorded(1)
    await seen('已写明理由准考')
    await fill(theory(1), '88')
    await recorded(2)
    expect(await scores(1)).toEqual([['theory', 880]])
  })
})
