// The task import-batch: what it prints for a program, and the answer it writes.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BATCH_FILE_BYTES_MAX } from '#contract/batch-file.ts'
import { importBatchTask } from '#server/tasks/import-batch.ts'
import { headerOf, testFile } from '#test/support/test-batch-file.ts'
import type { TestDevice } from '#test/support/test-device.ts'
import { marks } from '#test/support/test-lesson.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'

let server: TestServer
let device: TestDevice
let folder: string
let file: string

beforeEach(async () => {
  server = await startTestServer({ listens: false })
  await foundTestFacility(server)
  device = await server.join('instructor', '一车间平板')
  for (const mark of marks(5)) device.chain.record(mark)
  folder = mkdtempSync(join(tmpdir(), 'xincheng-stick-'))
  file = join(folder, 'XCB-0-1.xcb')
  writeFileSync(file, (await testFile(server.context, device)).bytes)
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.stop()
})

const task = (...args: string[]) => importBatchTask(server.context, args)

it('imports a file, writes the answer whole and says what it did', async () => {
  const answer = join(folder, 'answer.xcb')
  expect(await task(file, '--try', '--answer', answer)).toMatchObject({
    ok: true,
    facts: { newCount: 5, answerFile: null },
  })
  expect(existsSync(answer)).toBe(false)
  const { ok, sentence, facts } = await task(file, '--answer', answer)
  expect([ok, facts]).toEqual([
    true,
    {
      ...{ fileNumber: 1, order: 'next', newCount: 5, knownCount: 0, refusedCount: 0, heldCount: 0, notesCount: 0 },
      ...{ problem: null, answerFile: answer },
    },
  ])
  expect(sentence).toContain('新 5')
  expect(sentence).not.toContain('一车间平板')
  expect(headerOf(readFileSync(answer))).toMatchObject({ direction: 'to-tablet', fileNumber: 1 })
  expect(readdirSync(folder).sort()).toEqual(['XCB-0-1.xcb', 'answer.xcb'])
  expect(await task('--answer', answer, file)).toMatchObject({ ok: true, facts: { knownCount: 5, order: 'again' } })
  expect(headerOf(readFileSync(answer)).fileNumber).toBe(2)
})

it('says what is wrong with the words, the file or the medium, and writes nothing', async () => {
  const codeOf = async (...args: string[]) => (await task(...args)).facts.code
  expect(await codeOf()).toBe('usage')
  expect(await codeOf(file, file)).toBe('usage')
  expect(await codeOf('--answer', file)).toBe('usage')
  expect(await codeOf(join(folder, 'none.xcb'))).toBe('no-file')
  expect(await codeOf(folder)).toBe('no-file')
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.subarray(0, 900))
  expect(await codeOf(file)).toBe('batch-file-incomplete')
  truncateSync(file, BATCH_FILE_BYTES_MAX + 1)
  expect(await codeOf(file)).toBe('batch-file-too-large')
  writeFileSync(file, bytes)
  expect(await codeOf(file, '--answer', join(folder, 'no-folder', 'answer.xcb'))).toBe('answer-not-written')
  // The records are in; the same file again brings the answer.
  expect((await task(file, '--answer', join(folder, 'a.xcb'))).facts).toMatchObject({ knownCount: 5, order: 'again' })
})
