// @vitest-environment happy-dom
// A new tablet says when it may lose the network, and until then that it may not.
import { afterEach, expect, it } from 'vitest'
import { type Classroom, openClassroom, openInstructor, pageText, seen } from './instructor-page.ts'

let room: Classroom
afterEach(async () => {
  Reflect.deleteProperty(navigator, 'serviceWorker')
  await room.close()
})

const NOT_YET = '正在准备断网使用，请先不要断开'

it('is ready once the program is kept, the records are pulled and the names are here', async () => {
  let keep: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    keep = resolve
  })
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { ready } })
  room = await openClassroom(4)
  await openInstructor('/instructor')
  await seen(NOT_YET)
  await seen('还差：程序。')
  expect(pageText()).not.toContain('可以断网使用了')
  keep()
  await seen('可以断网使用了')
  expect(pageText()).not.toContain(NOT_YET)
})

it('never says so in a browser that cannot keep the program', async () => {
  room = await openClassroom(4)
  await openInstructor('/instructor')
  await seen('这个浏览器断网后打不开本程序')
  expect(pageText()).not.toContain('可以断网使用了')
})
