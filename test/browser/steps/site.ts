// A facility's server as people start it: a process and a data folder, killed and started again at the same address.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServerProcess, type ServerProcess } from '#test/support/server-process.ts'

const BUILT_PAGE = fileURLToPath(new URL('../../../dist/client/index.html', import.meta.url))

export interface Site {
  readonly url: string
  readonly dataDir: string
  /** The code the first start prints for the first device. */
  readonly joinCode: string
  /** Ends the process at once, as a power cut does. */
  kill(): Promise<void>
  /** Starts the server again on the same data and port. */
  start(): Promise<void>
  /** Whether the process is running. */
  running(): boolean
  /** Ends the process and removes its data. */
  remove(): Promise<void>
}

/** Starts a server on an empty folder: the first-run set-up waits, the catalogue is there. `settings` are further ones of the environment. */
export async function openEmptySite(settings: Readonly<Record<string, string>> = {}): Promise<Site> {
  if (!existsSync(BUILT_PAGE)) throw new Error('the app is not built: run npm test, or npm run build')
  const folder = await mkdtemp(join(tmpdir(), 'xincheng-site-'))
  const environment = { DATA_DIR: join(folder, 'data'), ...settings }
  let server: ServerProcess | null = await startServerProcess(['--empty'], environment)
  const { port, url } = server
  const joinCode = await printedJoinCode(server)
  async function kill(): Promise<void> {
    await server?.stop('SIGKILL')
    server = null
  }
  return {
    url,
    dataDir: environment.DATA_DIR,
    joinCode,
    kill,
    running: () => server !== null,
    async start() {
      if (server === null) server = await startServerProcess([], { ...environment, PORT: String(port) })
    },
    async remove() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The line with the code follows the ready line. */
async function printedJoinCode(server: ServerProcess): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const code = /\/join[^\n]*?([A-HJ-NP-Z2-9]{8})/.exec(server.output())?.[1]
    if (code !== undefined) return code
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no join code was printed: ${server.output()}`)
}
