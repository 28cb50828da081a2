/**
 * Running other programs, and where this project lies. Node built-ins only: it runs before anything is installed, on Node 18 and later.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder package.json lies in. */
export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @type {NodeJS.WriteStream} */
let output = process.stdout

/** Sends the set-up's sentences to stderr, for commands whose stdout is read by a program. */
export function speakOnStderr() {
  output = process.stderr
}

export function say(text) {
  output.write(`${text}\n`)
}

/** Ends the whole command with a plain sentence. */
export class Stop extends Error {}

/** Runs a command's steps; a Stop becomes its sentence and exit code 1, anything else keeps its stack. */
export async function runCommand(steps) {
  try {
    await steps()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

/**
 * Runs a program to its end and keeps what it printed (stdout and stderr in one text).
 * Never throws: a program that cannot be started gives code 127.
 * @returns {Promise<{ code: number, text: string }>}
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    let text = ''
    const child = spawn(command, args, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const keep = (chunk) => {
      text += chunk
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', (error) => resolve({ code: 127, text: `${text}${error.message}\n` }))
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), text }))
  })
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

/**
 * Calls back once when the process that started this one is gone. A signal sent to `npm start` ends npm and its shell
 * but does not reach what the shell started: without this the server would go on, holding its port.
 */
function onParentGone(callback) {
  if (!process.env.npm_lifecycle_event) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, 500)
  return () => clearInterval(timer)
}

/**
 * Runs a program in the foreground, hands signals on to it and gives its exit code.
 * A terminal sends Ctrl-C to parent and child alike, so there SIGINT is not handed on a second time.
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: projectFolder, stdio: 'inherit', ...options })
    const forward = (signal) => {
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    const signals = process.platform === 'win32' ? ['SIGINT'] : Object.keys(SIGNAL_NUMBERS)
    for (const signal of signals) process.on(signal, forward)
    const stopWatching = onParentGone(() => child.kill('SIGTERM'))
    const finish = (code) => {
      stopWatching()
      for (const signal of signals) process.off(signal, forward)
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      finish(127)
    })
    child.on('close', (code, signal) => finish(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

/** Three tries within about twenty seconds: npm's own patience leaves a person without a network waiting for over a minute. */
export const QUICK_TO_GIVE_UP = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000']

/** Runs npm, the one that started this command if there is one, under the Node this process runs on. */
export function runNpm(args) {
  const started = process.env.npm_execpath
  if (started && /npm-cli\.[cm]?js$/.test(started) && existsSync(started))
    return runQuietly(process.execPath, [started, ...args])
  return runQuietly('npm', args, { shell: process.platform === 'win32' })
}

/** The whole path of a program on PATH, or null. */
export function findOnPath(name) {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const candidate of names) {
      if (folder && existsSync(join(folder, candidate))) return join(folder, candidate)
    }
  }
  return null
}
