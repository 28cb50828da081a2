// @vitest-environment happy-dom
// A roll call by hand: few taps, each of them durable, nothing lost when the disk or the network fails.
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Entry } from '#contract/envelope.ts'
import { lessonKinds } from '#contract/kinds/lesson.ts'
import { sessionStream } from '#contract/streams.ts'
import { updatesHeld } from '#client/components/update-hold.ts'
import { Fault } from '#client/storage/fault.ts'
import { useSignIn } from '#client/stores/sign-in.ts'
import { CLASS_ID, SESSION_ID, traineeIdOf } from '../../support/test-class.ts'
import { nameOf } from '../../support/test-people.ts'
import {
  type Classroom,
  keyOf,
  openClassroom,
  openInstructor,
  pageText,
  press,
  pressKey,
  ROLL_CALL,
  seen,
  until,
} from './instructor-page.ts'

const STREAM = sessionStream(CLASS_ID, SESSION_ID)
let room: Classroom

beforeEach(async () => {
  room = await openClassroom(12)
})
afterEach(() => room.close())

const entries = async () =>
  (await room.tablet.joined.ledger.unsent(100)).map(({ text }) => Entry.parse(JSON.parse(text)))
const marks = async () =>
  (await entries())
    .filter(({ kind }) => kind === 'attendance.marked.v1')
    .map(({ body }) => lessonKinds['attendance.marked.v1'].parse(body))
const state = () => room.tablet.joined.ledger.state('session', STREAM)
const tap = async (index: number, mark: string) => {
  keyOf(nameOf(index), mark).click()
  await flushPromises()
}
const isPressed = (index: number, mark: string) => keyOf(nameOf(index), mark).getAttribute('aria-pressed') === 'true'

async function openRollCall() {
  const router = await openInstructor(ROLL_CALL)
  await seen(nameOf(12))
  return router
}

describe('a roll call', () => {
  it('with three exceptions takes five taps from the day list, works without the network, and counts', async () => {
    room.network = 'lost'
    await openInstructor('/instructor')
    await seen('还没点名')
    let taps = 0
    const link = [...document.querySelectorAll('a')].find((one) => one.textContent?.trim() === '点名')
    link?.click()
    taps += 1
    await seen(nameOf(12))
    for (const [index, mark] of [
      [2, '缺勤'],
      [5, '迟到'],
      [9, '请假'],
    ] as const) {
      await tap(index, mark)
      taps += 1
      expect(isPressed(index, mark)).toBe(true)
    }
    expect(pageText()).toContain('实到10')
    await press('确认人数')
    taps += 1
    await seen('已确认 10 人')
    expect(taps).toBe(5)
    expect(updatesHeld.value).toBe(true)
    expect((await entries()).map(({ kind }) => kind)).toEqual([
      ...Array(3).fill('attendance.marked.v1'),
      'attendance.head-counted.v1',
    ])
    expect((await state()).headCount).toMatchObject({
      expectedCount: 12,
      markedPresentCount: 10,
      spokenCount: 10,
      pending: true,
    })
  })

  it('records every one of many quick taps in order, and the last one is what the row shows', async () => {
    await openRollCall()
    const key = () => keyOf(nameOf(1), '缺勤')
    key().click()
    keyOf(nameOf(3), '请假').click()
    await Promise.resolve()
    for (let turn = 0; turn < 4; turn += 1) {
      key().click()
      await Promise.resolve()
    }
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 6, 'six entries')
    expect((await marks()).filter(({ traineeId }) => traineeId === traineeIdOf(1)).map(({ mark }) => mark)).toEqual([
      'absent',
      'present',
      'absent',
      'present',
      'absent',
    ])
    expect(isPressed(1, '缺勤')).toBe(true)
    expect((await state()).marks[traineeIdOf(3)]).toMatchObject({ mark: 'excused', leaveReason: 'other' })
  })

  it('presets ten minutes, records another answer again, and takes steps back one by one', async () => {
    await openRollCall()
    await tap(4, '早退')
    await press('20')
    await press('撤销')
    await press('撤销')
    await until(() => !isPressed(4, '早退'), 'the cleared key')
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 4, 'four entries')
    expect((await marks()).map(({ mark, minutes }) => [mark, minutes])).toEqual([
      ['leftEarly', 10],
      ['leftEarly', 20],
      ['leftEarly', 10],
      ['present', null],
    ])
    expect(Object.keys((await state()).marks)).toEqual([])
  })

  it('moves by arrows and marks by letters', async () => {
    await openRollCall()
    keyOf(nameOf(1), '缺勤').focus()
    await pressKey('ArrowDown')
    await pressKey('ArrowDown')
    await pressKey('w')
    expect(isPressed(3, '迟到')).toBe(true)
    await pressKey('q')
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 2, 'two entries')
    expect([isPressed(3, '迟到'), isPressed(3, '缺勤')]).toEqual([false, true])
  })

  it('asks why when the spoken number differs, and keeps number and reason', async () => {
    await openRollCall()
    await press('报数 12')
    await press('少一人')
    await press('确认人数')
    await seen('请先选一个原因')
    expect((await state()).headCount).toBe(null)
    const toilet = [...document.querySelectorAll('label')].find((one) => one.textContent?.includes('去厕所'))
    toilet?.querySelector('input')?.click()
    await press('确认人数')
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 1, 'the head count')
    expect((await state()).headCount).toMatchObject({
      markedPresentCount: 12,
      spokenCount: 11,
      differenceReason: 'toilet',
    })
  })
})

describe('a roll call in trouble', () => {
  it('says which row is not saved, refuses the head count until it is, and saves it on the second try', async () => {
    await openRollCall()
    const { ledger } = room.tablet.joined
    const record = vi.spyOn(ledger, 'record').mockRejectedValueOnce(new Fault('storage-full'))
    await tap(6, '缺勤')
    await seen('1 条没有存上')
    expect(isPressed(6, '缺勤')).toBe(true)
    await press('确认人数')
    await seen('还有点名没有存上')
    expect(ledger.ownWork().ownCount).toBe(0)
    record.mockRestore()
    // Locking and coming back loses nothing either.
    useSignIn().lock()
    await seen('教员登录')
    expect(pageText()).not.toContain(nameOf(6))
    await useSignIn().signIn('teacher1', room.pin)
    await seen('1 条没有存上')
    await press('再存一次')
    await until(() => ledger.ownWork().ownCount === 1, 'the entry')
    expect((await state()).marks[traineeIdOf(6)]).toMatchObject({ mark: 'absent' })
  })

  it('asks for a reason when a mark of an earlier day is changed; without one the mark stays', async () => {
    await openRollCall()
    await tap(7, '缺勤')
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 1, 'the first mark')
    await room.later({ days: 1 })
    await seen(nameOf(7))
    await tap(7, '请假')
    await seen('为什么要改')
    await press('关闭')
    await until(() => isPressed(7, '缺勤'), 'the old mark')
    await tap(7, '请假')
    await press('纸单后到')
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 2, 'the correction')
    expect((await marks()).at(-1)).toMatchObject({ mark: 'excused', correctionReason: 'late-paper' })
    expect((await state()).history[traineeIdOf(7)]).toHaveLength(2)
  })
})

describe('the roll call on paper', () => {
  it('lists everyone in the order of the screen, with the marks made so far in their boxes', async () => {
    await openRollCall()
    await tap(2, '缺勤')
    await tap(5, '迟到')
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 2, 'two marks')
    const link = [...document.querySelectorAll('a')].find((one) => one.textContent?.trim() === '打印点名纸')
    link?.click()
    await seen('民警签名')
    const rows = [...document.querySelectorAll('article tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim() ?? ''),
    )
    expect(rows.map(([number, name]) => [number, name])).toEqual(
      rows.map((_, index) => [String(index + 1), nameOf(index + 1)]),
    )
    expect(rows).toHaveLength(12)
    expect(rows[1]?.slice(3)).toEqual(['✓', '', '', '', ''])
    expect(rows[4]?.slice(3)).toEqual(['', '10 分', '', '', ''])
    expect(rows[0]?.slice(3)).toEqual(['', '', '', '', ''])
  })
})
