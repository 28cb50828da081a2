// @vitest-environment happy-dom
// The day of an instructor: what is now, what is left from before, what was taught, and what has not been sent.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionStream } from '#contract/streams.ts'
import { useRecorder } from '#client/stores/record.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'
import { markAbsent } from '../../support/marks.ts'
import { CLASS_ID, SESSION_ID, traineeIdOf } from '../../support/test-class.ts'
import { nameOf } from '../../support/test-people.ts'
import { publishSyllabus } from '../../support/test-syllabus.ts'
import {
  type Classroom,
  fill,
  LESSON_LOG,
  openClassroom,
  openInstructor,
  pageText,
  press,
  seen,
  until,
} from './instructor-page.ts'

const lesson = { classId: CLASS_ID, sessionId: SESSION_ID }
let room: Classroom

beforeEach(async () => {
  room = await openClassroom(4, publishSyllabus)
})
afterEach(() => room.close())

const confirmHeadCount = () =>
  useRecorder().record({
    name: 'confirmHeadCount',
    body: { ...lesson, expectedCount: 4, markedPresentCount: 4, spokenCount: 4, differenceReason: null },
  })

describe('the day list', () => {
  it('leads from roll call to lesson log, and says the next day what is still missing', async () => {
    await openInstructor('/instructor')
    await seen('还没点名')
    expect(pageText()).toContain('接着上：单元M1')
    await confirmHeadCount()
    await seen('已点名 4 / 4 · 缺授课记录')
    await room.later({ days: 1 })
    await openInstructor('/instructor')
    await seen('缺授课记录')
    expect(pageText()).toContain('还有 4 人没有录完成绩')
  })

  it('asks for scores once the class has been taught, of everybody who may be assessed', async () => {
    await openInstructor('/instructor')
    await seen('还没点名')
    // Nothing was held yet: there is nothing to assess.
    expect(pageText()).not.toContain('没有录完成绩')
    await useRecorder().record(markAbsent(2))
    await useRecorder().record({
      name: 'confirmHeadCount',
      body: { ...lesson, expectedCount: 4, markedPresentCount: 3, spokenCount: 3, differenceReason: null },
    })
    // The one who missed all of it is barred until somebody admits him.
    await seen('还有 3 人没有录完成绩')
    await useRecorder().record({
      name: 'admitToAssessment',
      body: { classId: CLASS_ID, traineeId: traineeIdOf(2), reason: 'prior-skill', noteId: null },
    })
    await seen('还有 4 人没有录完成绩')
  })

  it('does not ask for scores where no lesson was ever held', async () => {
    await room.later({ days: 1 })
    await openInstructor('/instructor')
    await seen('没有点名')
    expect(pageText()).not.toContain('没有录完成绩')
  })

  it('says when the site has not been reached, how much waits and since when', async () => {
    room.network = 'lost'
    await useRecorder().record(markAbsent(2))
    await useSyncStatus().syncNow()
    await room.later({ hours: 2, minutes: 10 })
    await openInstructor('/instructor')
    await seen('站点连不上，照常工作')
    expect(pageText()).toContain('最早一条是 2 小时 10 分前记的')
    await openInstructor('/instructor/outbox')
    await seen(`${nameOf(2)} 缺勤`)
    room.network = 'arrives'
    await press('立即同步')
    await seen('全部到站点了')
  })
})

describe('the lesson log', () => {
  it('proposes the next unit with the lesson’s minutes, seals the remark, and refuses more minutes than the lesson has', async () => {
    await openInstructor(LESSON_LOG)
    await seen('单元M1')
    await until(() => pageText().includes('合计 90 分钟'), 'the proposal')
    await fill('备注', '带了两件样品')
    await fill('理论', '九十')
    await press('保存')
    await seen('请写整数分钟')
    await fill('理论', '31')
    await press('保存')
    await seen('没有存上，内容还在')
    await fill('理论', '30')
    await press('保存')
    await until(() => room.tablet.joined.ledger.ownWork().ownCount === 1, 'the log')
    const { lessons } = await room.tablet.joined.ledger.state('session', sessionStream(CLASS_ID, SESSION_ID))
    expect(lessons).toMatchObject([{ moduleId: 'M1', theoryMinutes: 30, practicalMinutes: 60 }])
    const [row] = await room.tablet.joined.ledger.unsent(1)
    expect([lessons[0]?.noteId === null, row?.text.includes('样品')]).toEqual([false, false])
  })
})
