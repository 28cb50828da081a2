// A Chromium with a folder of its own: its storage outlives a kill, as that of a tablet does.
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { grantDurableStorage, launchProfile } from '#test/support/chromium.ts'
import { type PageWatch, watchPages } from './page-watch.ts'

export interface Viewport {
  readonly width: number
  readonly height: number
}

export interface Profile {
  readonly folder: string
  readonly watch: PageWatch
  page(): Page
  context(): BrowserContext
  /** Opens the browser on its folder again; the storage is as it was left. */
  open(): Promise<Page>
  /** SIGKILL for the browser and everything it started. */
  kill(): Promise<void>
  close(): Promise<void>
  remove(): Promise<void>
}

/** What a profile may be told. `keepsData`: whether the browser promises to keep the site's data; `copyOf`: another profile's folder to begin with; `startsClosed`: the browser is not opened yet; `args`: what the browser is started with. */
export interface ProfileOptions {
  readonly keepsData?: boolean
  readonly copyOf?: string
  readonly startsClosed?: boolean
  readonly args?: readonly string[]
}

/** Makes a profile and opens its browser. `origin` is the only place its pages may ask. */
export async function openProfile(
  origin: string,
  viewport: Viewport,
  { keepsData = true, copyOf, startsClosed = false, args = [] }: ProfileOptions = {},
): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'xincheng-profile-'))
  // The lock of the process that had the folder is no part of the copy.
  if (copyOf !== undefined)
    await cp(copyOf, folder, { recursive: true, filter: (path) => !basename(path).startsWith('Singleton') })
  const watch = watchPages(origin)
  let context: BrowserContext | null = null
  let page: Page | null = null
  async function open(): Promise<Page> {
    // Without motion axe never meets a colour half way between two.
    context = await launchProfile(folder, {
      viewport,
      acceptDownloads: true,
      baseURL: origin,
      reducedMotion: 'reduce',
      args: [...args],
    })
    context.setDefaultTimeout(30_000)
    watch.follow(context)
    page = context.pages()[0] ?? (await context.newPage())
    if (keepsData) await grantDurableStorage(context, page, origin)
    return page
  }
  const profile: Profile = {
    folder,
    watch,
    open,
    page() {
      if (page === null) throw new Error('the browser is closed')
      return page
    },
    context() {
      if (context === null) throw new Error('the browser is closed')
      return context
    },
    async kill() {
      const closed =
        context === null ? Promise.resolve() : new Promise<void>((resolve) => context?.once('close', () => resolve()))
      const processes = await processesOf(folder)
      if (processes.length === 0) throw new Error('the browser process was not found')
      for (const pid of processes) signalKill(pid)
      await closed
      context = null
      page = null
    },
    async close() {
      await context?.close()
      context = null
      page = null
    },
    async remove() {
      await profile.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  if (!startsClosed) await open()
  return profile
}

function signalKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended with its parent.
  }
}

interface ProcessLine {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** The processes of the browser on this folder and all that they started, youngest last. */
async function processesOf(folder: string): Promise<number[]> {
  const lines = await runningProcesses()
  const found = new Set(lines.filter(({ command }) => command.includes(folder)).map(({ pid }) => pid))
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const { pid, parent } of lines) if (found.has(parent)) found.add(pid)
  }
  found.delete(process.pid)
  return [...found]
}

async function runningProcesses(): Promise<ProcessLine[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    numbers.map(async (name): Promise<ProcessLine[]> => {
      try {
        const [status, command] = await Promise.all([
          readFile(`/proc/${name}/status`, 'utf8'),
          readFile(`/proc/${name}/cmdline`, 'utf8'),
        ])
        return [{ pid: Number(name), parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0), command }]
      } catch {
        return []
      }
    }),
  )
  return lines.flat()
}
