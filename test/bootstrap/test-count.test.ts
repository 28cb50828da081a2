import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countTests } from '../../src/bootstrap/test-count.mjs'

const folder = mkdtempSync(join(tmpdir(), 'count-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function countOf(files: { status: string; tests: string[] }[], code: number) {
  const report = join(folder, 'report.json')
  const testResults = files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((state) => ({ status: state })),
  }))
  writeFileSync(report, JSON.stringify({ testResults }))
  return countTests(report, code)
}

describe('counting a test run', () => {
  it('a clean run counts what passed', () => {
    expect(countOf([{ status: 'passed', tests: ['passed', 'passed'] }], 0)).toMatchObject({
      ran: 2,
      passed: 2,
      failed: 0,
    })
  })

  it('a failed test counts once, not again for its file', () => {
    expect(countOf([{ status: 'failed', tests: ['passed', 'failed'] }], 1)).toMatchObject({
      passed: 1,
      failed: 1,
      outside: false,
    })
  })

  it.each(['skipped', 'pending', 'todo', 'disabled'])('a test that is %s counts as failed', (state) => {
    expect(countOf([{ status: 'passed', tests: ['passed', state] }], 0)).toMatchObject({
      passed: 1,
      failed: 1,
      muted: 1,
    })
  })

  it('a file that does not load counts as failed', () => {
    const files = [
      { status: 'failed', tests: [] },
      { status: 'passed', tests: ['passed'] },
    ]
    expect(countOf(files, 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  it('a run without tests is a failure', () => {
    expect(countOf([], 0)).toMatchObject({ ran: 0, passed: 0, failed: 1 })
  })

  it('an error outside the tests is a failure although every test passed', () => {
    expect(countOf([{ status: 'passed', tests: ['passed'] }], 1)).toMatchObject({ passed: 1, failed: 1, outside: true })
  })

  it('a missing report is a failure', () => {
    expect(countTests(join(folder, 'none.json'), 1)).toMatchObject({ ran: 0, passed: 0, failed: 1 })
  })
})
