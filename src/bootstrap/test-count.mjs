/** Reads what a test run wrote down and counts it. Never reports a run that went wrong as clean. */
import { existsSync, readFileSync } from 'node:fs'

/**
 * @param {string} resultFile the JSON report; missing when the runner stopped early
 * @param {number} code the runner's exit code
 * @returns {{ ran: number, passed: number, failed: number, muted: number, outside: boolean }}
 *   `muted`: skipped or to-do tests, already within `failed`; `outside`: an error that no single test owns, within `failed` too
 */
export function countTests(resultFile, code) {
  if (!existsSync(resultFile)) return { ran: 0, passed: 0, failed: 1, muted: 0, outside: false }
  const report = JSON.parse(readFileSync(resultFile, 'utf8'))
  const results = report.testResults.flatMap((file) => file.assertionResults)
  const having = (...states) => results.filter((result) => states.includes(result.status)).length
  const passed = having('passed')
  const failedTests = having('failed')
  const muted = results.length - passed - failedTests
  // A file that does not load has no tests of its own to fail.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed'),
  ).length
  const counted = failedTests + muted + brokenFiles
  const outside = code !== 0 && counted === 0 && results.length > 0
  const failed = counted + (outside || results.length === 0 ? Math.max(1 - counted, 0) : 0)
  return { ran: results.length, passed, failed, muted, outside }
}
