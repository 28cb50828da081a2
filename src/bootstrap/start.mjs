/** `npm start`: a fit Node, the packages, the pages, then the server in the foreground. */
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { messages } from './messages.mjs'
import { runCommand, runInForeground, say } from './processes.mjs'
import { onFitRuntime } from './runtime.mjs'

await runCommand(() =>
  onFitRuntime(async () => {
    await ensureInstalled('app')
    await ensureBuilt()
    say(messages.starting())
    process.exitCode = await runInForeground(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      'src/server/main.ts',
      ...process.argv.slice(2),
    ])
  }),
)
