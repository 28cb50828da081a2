// A demonstration facility of its own for the pictures: a real server process with an empty folder.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServerProcess } from '#test/support/server-process.ts'

export interface Demonstration {
  readonly url: string
  readonly pinOf: (account: string) => string
  readonly trainee: (place: number) => { readonly facilityNumber: string; readonly code: string }
  stop(): Promise<void>
}

interface Accounts {
  readonly staff: readonly { readonly account: string; readonly pin: string }[]
  readonly trainees: readonly { readonly facilityNumber: string; readonly code: string }[]
}

function named<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`the demonstration has no ${what}`)
  return found
}

/** Starts it; the demonstration's accounts are read from its own folder. */
export async function startDemonstration(): Promise<Demonstration> {
  const folder = mkdtempSync(join(tmpdir(), 'xincheng-pictures-'))
  const server = await startServerProcess([], { DATA_DIR: folder })
  const accounts = JSON.parse(readFileSync(join(folder, 'demo-accounts.json'), 'utf8')) as Accounts
  return {
    // A browser joins the demonstration by itself on localhost only.
    url: server.url.replace('127.0.0.1', 'localhost'),
    pinOf: (account) =>
      named(
        accounts.staff.find((one) => one.account === account),
        account,
      ).pin,
    trainee: (place) => named(accounts.trainees[place], `trainee ${place}`),
    stop: async () => {
      await server.stop('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
