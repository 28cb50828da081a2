import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PrintCoverage } from '#contract/paper.ts'
import { actPerformers } from '#server/acts/performers.ts'
import { loadFamily } from '#server/ledger/load-states.ts'
import { seedDemonstration } from '#server/seed/demonstration/seed.ts'
import { problemCode, valueOf } from '#test/support/test-device.ts'
import { startTestServer } from '#test/support/test-server.ts'

it('hands a paper to a signed-in administrator, and to nobody else', async () => {
  const { makeTraineeCodes: _codes, ...performers } = actPerformers
  const dataDir = mkdtempSync(join(tmpdir(), 'xincheng-papers-'))
  const server = await startTestServer({ listens: false, performers, dataDir })
  const { context } = server
  await seedDemonstration(context, 'prison')
  const classes = await context.store.read(context.facilityId, (view) => loadFamily(view, 'class'))
  const sealed = classes.find(({ state }) => state.phase === 'sealed')?.state.plan
  const path = `/api/classes/${sealed?.classId}/papers/certificates`
  const device = await server.join('office')
  expect(problemCode(await device.json('GET', path))).toBe('sign-in-needed')
  await device.signIn('teacher1', '802521')
  expect(problemCode(await device.json('GET', path))).toBe('not-allowed')
  await device.signIn('admin1', '802511')
  const answer = await device.call('GET', path)
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename*=UTF-8''${sealed?.classNumber}-certificates.pdf`,
  )
  expect(Buffer.from(answer.body).subarray(0, 5).toString()).toBe('%PDF-')
  expect(problemCode(await device.json('GET', '/api/classes/nobody/papers/roster'))).toBe('not-found')
  const coverage = await device.json<PrintCoverage>('GET', '/api/print-coverage')
  expect(PrintCoverage.parse(valueOf(coverage)).ranges.length).toBeGreaterThan(100)
  await server.stop()
})
