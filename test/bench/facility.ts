// Facilities to measure on: a data folder made once, and copies of it behind real server processes.
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, startServerProcess } from '#test/support/server-process.ts'
import { joinTestDevice, type TestDevice, valueOf } from '#test/support/test-device.ts'
import { httpTransport } from '#test/support/transport.ts'

const folders = new Set<string>()

/** An empty folder, removed at the end of the program. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-bench-'))
  folders.add(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** A running server of its own data. A browser joins a demonstration by itself on `localhost` only. */
export interface Facility {
  readonly url: string
  readonly dataDir: string
  stop(): Promise<void>
}

function facilityOf(server: ServerProcess, dataDir: string): Facility {
  return {
    url: server.url.replace('127.0.0.1', 'localhost'),
    dataDir,
    stop: async () => void (await server.stop('SIGTERM')),
  }
}

export async function startFacility(dataDir: string): Promise<Facility> {
  return facilityOf(await startServerProcess([], { DATA_DIR: dataDir }), dataDir)
}

/** Starts a server on a copy of a data folder, so that every sample begins alike. */
export function startCopy(template: string): Promise<Facility> {
  const dataDir = join(temporaryFolder(), 'data')
  cpSync(template, dataDir, { recursive: true })
  return startFacility(dataDir)
}

let demonstration: string | null = null

/** The data folder of a demonstration, filled once. */
export async function demonstrationFolder(): Promise<string> {
  if (demonstration !== null) return demonstration
  const dataDir = join(temporaryFolder(), 'data')
  await (await startFacility(dataDir)).stop()
  demonstration = dataDir
  return dataDir
}

/** The PIN of an account of the demonstration, from its own folder. */
export function demonstrationPin(dataDir: string, account: string): string {
  const { staff } = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
    staff: readonly { account: string; pin: string }[]
  }
  const found = staff.find((one) => one.account === account)
  if (found === undefined) throw new Error(`the demonstration has no ${account}`)
  return found.pin
}

/** A signed device of the office with an open sign-in. */
export async function joinOffice(facility: Facility, account: string, pin: string): Promise<TestDevice> {
  const device = await joinTestDevice(httpTransport(facility.url), {
    code: null,
    seed: randomBytes(32),
    label: 'bench',
  })
  valueOf(await device.signIn(account, pin))
  return device
}
