/** `npm run bench | prove | task | screenshots`: set-up, then the named program. The set-up speaks on stderr: stdout is the program's own. */
import { ensureBuilt } from './build.mjs'
import { findChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { messages } from './messages.mjs'
import { runCommand, runInForeground, speakOnStderr, Stop } from './processes.mjs'
import { onFitRuntime } from './runtime.mjs'

const PROGRAMS = {
  bench: { file: 'test/bench/main.ts', scope: 'all', browser: true },
  prove: { file: 'test/proofs/prove.ts', scope: 'all', browser: true },
  task: { file: 'src/server/tasks/main.ts', scope: 'app', browser: false },
  screenshots: { file: 'test/screenshots/main.ts', scope: 'all', browser: true },
}

speakOnStderr()
await runCommand(() =>
  onFitRuntime(async () => {
    const [name = '', ...args] = process.argv.slice(2)
    const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : null
    if (!program) throw new Stop(messages.unknownTask(name, Object.keys(PROGRAMS).join(', ')))
    await ensureInstalled(program.scope)
    const env = { ...process.env }
    if (program.browser) {
      await ensureBuilt()
      env.CHROMIUM_PATH = await findChromium()
    }
    process.exitCode = await runInForeground(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program.file, ...args],
      { env },
    )
  }),
)
