// @vitest-environment happy-dom
// What became of each own record: waiting, held at the site, refused, and what to do about it.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RefusedRow } from '#client/storage/database.ts'
import { DeviceDatabase } from '#client/storage/database.ts'
import { TEACHER } from '../../support/test-tablet.ts'
import { mark, markAbsent } from '../../support/marks.ts'
import { type Classroom, openClassroom, openInstructor, pageText, press, seen } from './instructor-page.ts'

let room: Classroom
beforeEach(async () => {
  room = await openClassroom(4)
})
afterEach(() => room.close())

const refusedRow = async (): Promise<RefusedRow | undefined> =>
  (await new DeviceDatabase('xincheng-1', room.tablet.browser.disk).refused.toArray())[0]

it('shows a refused record with its reason until its author has taken note, and keeps it', async () => {
  const { ledger, sync } = room.tablet.joined
  // The author is a teacher who once worked in another role: the site refuses the record and not the ones after it.
  room.tablet.core.staffActor.value = { ...TEACHER, role: 'administrator' }
  await ledger.record(markAbsent(1))
  room.tablet.core.staffActor.value = TEACHER
  await sync.syncNow()
  room.network = 'lost'
  await ledger.record(mark(2, 'late'))
  await openInstructor('/instructor/outbox')
  await seen('站点没有收的')
  await seen('未收')
  await seen('access/not-allowed')
  await seen('待上传')
  expect(await refusedRow()).toMatchObject({ seq: 1 })
})

it('hides it once the author has taken note', async () => {
  const { ledger, sync } = room.tablet.joined
  room.tablet.core.staffActor.value = { ...TEACHER, role: 'administrator' }
  await ledger.record(markAbsent(1))
  room.tablet.core.staffActor.value = TEACHER
  await sync.syncNow()
  await openInstructor('/instructor/outbox')
  await seen('站点没有收的')
  await press('知道了，不再显示')
  await vi.waitFor(() => expect(pageText()).not.toContain('站点没有收的'))
  expect((await refusedRow())?.dismissedAt).toBeTypeOf('string')
  expect(ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [{ seq: 1 }] })
})
