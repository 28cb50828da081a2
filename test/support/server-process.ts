// The server as people start it: a process of its own, with a data folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Finished {
  readonly code: number | null
  readonly output: string
}

export interface ServerProcess {
  readonly child: ChildProcess
  readonly url: string
  readonly port: number
  /** What it has printed so far. */
  output(): string
  stop(signal: NodeJS.Signals): Promise<Finished>
}

function start(file: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString('utf8')
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const finished = new Promise<Finished>((resolve) => child.on('close', (code) => resolve({ code, output })))
  return { child, finished, output: () => output }
}

/** Runs a program of the server to its end. */
export function runServerProgram(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Finished> {
  return start(file, args, { HTTPS_PORT: '0', ...environment }).finished
}

/** Starts the server and waits for its ready line; throws with what it printed when it ends instead. Port 0 takes any free one. */
export async function startServerProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const { child, finished, output } = start('src/server/main.ts', args, {
    PORT: '0',
    HTTPS_PORT: '0',
    ...environment,
  })
  const ready = new Promise<number>((resolve) => {
    const look = () => {
      const port = /ready: http:\/\/[^:]+:(\d+)/.exec(output())?.[1]
      if (port !== undefined) resolve(Number(port))
    }
    child.stdout.on('data', look)
  })
  const port = await Promise.race([ready, finished.then(() => null)])
  if (port === null) throw new Error(`the server ended: ${output()}`)
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    port,
    output,
    stop(signal) {
      child.kill(signal)
      return finished
    },
  }
}
