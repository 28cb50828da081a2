/**
 * `npm test`: set-up, then every check and every test, whatever an earlier one said. Nothing is run twice.
 * Each check counts as one test. A skipped test, a to-do or a run without tests counts as failed.
 * The last line is `tests: N passed, N failed`; the exit code is 1 if anything failed.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { findChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { messages } from './messages.mjs'
import { projectFolder, runCommand, runInForeground, runQuietly, say, Stop } from './processes.mjs'
import { onFitRuntime } from './runtime.mjs'
import { countTests } from './test-count.mjs'

const packages = join(projectFolder, 'node_modules')
/** Settings of a running server must not leak into the tests. */
const OF_THE_SERVER = [
  ...['PORT', 'HTTPS_PORT', 'HTTPS_NAMES', 'HOST'],
  ...['DATA_DIR', 'BACKUP_DIR', 'DATABASE_URL', 'NODE_ENV'],
]

const CHECKS = [
  { name: 'types', script: 'vue-tsc/bin/vue-tsc.js', args: ['-b'] },
  {
    name: 'format and lint',
    script: '@biomejs/biome/bin/biome',
    args: [
      'check',
      '--config-path=test/architecture/format-and-lint.json',
      ...['--colors=off', '--reporter=concise', '--max-diagnostics=none'],
    ],
  },
  {
    name: 'imports',
    script: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', 'test/architecture/dependency-cruiser.config.ts', 'src', 'test'],
  },
  { name: 'unused code', script: 'knip/bin/knip.js', args: ['--no-progress', '--no-config-hints'] },
]

const RUNS = [
  { name: 'unit', config: 'test/vitest.config.ts' },
  { name: 'browser', config: 'test/browser/vitest.config.ts' },
]

const total = { passed: 0, failed: 0 }

function count(passed, failed) {
  total.passed += passed
  total.failed += failed
}

async function check(name, run) {
  const startedAt = Date.now()
  const { code, text } = await run()
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  if (code !== 0) say(text.trim())
  say(code === 0 ? messages.checkPassed(name, seconds) : messages.checkFailed(name, seconds))
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1)
}

/** A set-up step of the tests as a check: its sentence becomes the failure's text. */
async function attempt(step) {
  try {
    await step()
    return { code: 0, text: '' }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { code: 1, text: error.message }
  }
}

async function runTests({ name, config }, env) {
  const resultFile = join(projectFolder, '.cache', 'test', `${name}.json`)
  rmSync(resultFile, { force: true })
  say(`\n${name} …`)
  const code = await runInForeground(
    process.execPath,
    [
      join(packages, 'vitest', 'vitest.mjs'),
      ...['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`],
    ],
    { env },
  )
  const result = countTests(resultFile, code)
  if (result.ran === 0) say(messages.noTestsRan(name))
  if (result.muted > 0) say(messages.notAllowedToSkip(name, result.muted))
  if (result.outside) say(messages.runnerFailed(name))
  count(result.passed, result.failed)
}

await runCommand(() =>
  onFitRuntime(async () => {
    await ensureInstalled('all')
    const env = { ...process.env }
    for (const name of OF_THE_SERVER) delete env[name]
    await check('build', () => attempt(ensureBuilt))
    for (const { name, script, args } of CHECKS) {
      await check(name, () => runQuietly(process.execPath, [join(packages, script), ...args], { env }))
    }
    await check('browser found', () =>
      attempt(async () => {
        env.CHROMIUM_PATH = await findChromium()
      }),
    )
    for (const run of RUNS) await runTests(run, env)
    say(`\ntests: ${total.passed} passed, ${total.failed} failed`)
    if (total.failed > 0) process.exitCode = 1
  }),
)
