// What the operator may set: environment and arguments, and every limit of the server in one place.
import { resolve } from 'node:path'
import { z } from 'zod'
import type { FacilityKind } from '#contract/values.ts'

const PORT_MAX = 65_535
const HTTPS_PORT_USUAL = 8443

/** A whole number written as one: `''`, `80a` and `1e3` are none. */
const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(PORT_MAX))

/** Where a PostgreSQL is; without one the ledger is kept in a file of the data folder. */
export const DatabaseUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/)

/** Further names of this machine, as the facility's own network calls it, with commas between them. */
const Names = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)))

const Environment = z.object({
  PORT: Port.default(8080),
  HTTPS_PORT: Port.nullable().default(null),
  HTTPS_NAMES: Names.default([]),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  BACKUP_DIR: z.string().min(1).nullable().default(null),
  DATABASE_URL: DatabaseUrl.nullable().default(null),
})

/** What a first start puts into an empty data folder. */
export type FirstContent =
  | { readonly kind: 'demonstration'; readonly facilityKind: FacilityKind }
  | { readonly kind: 'empty' }

/** The second address. `port` 0 is none; `isNamed` when somebody asked for this port, so that going on without it is no answer. */
export interface HttpsSettings {
  readonly port: number
  readonly isNamed: boolean
  readonly names: readonly string[]
}

/** Where and what to serve. `province` asks for the provincial server. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly https: HttpsSettings
  readonly dataDir: string
  /** Null for the embedded store. */
  readonly databaseUrl: string | null
  /** The folder of the nightly backups; null for none. */
  readonly backupDir: string | null
  readonly firstContent: FirstContent
  /** The content was named by an argument, so another one in the folder is not what was asked for. */
  readonly contentIsNamed: boolean
  readonly province: boolean
}

/** Calls a minute from one address: many tablets may stand behind one. */
export const CALL_LIMITS = { allPerMinute: 3000, joinPerMinute: 20, signInPerMinute: 60 } as const

const DEMONSTRATIONS: Readonly<Record<string, FacilityKind>> = {
  '--demo=prison': 'prison',
  '--demo=rehab': 'rehabCenter',
}

/** What is wrong: an argument nobody knows (`value` null), or a setting with a value it cannot have. */
export interface WrongSetting {
  readonly name: string
  readonly value: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

function readEnvironment(environment: Environment): z.infer<typeof Environment> | WrongSetting {
  // An empty variable is a variable that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(set)
  if (parsed.success) return parsed.data
  const name = String(parsed.error.issues[0]?.path[0] ?? '')
  return { name, value: environment[name] ?? '' }
}

/** Reads environment and arguments; the answer names what is wrong with them. */
export function readConfig(
  args: readonly string[],
  environment: Environment,
): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly wrong: WrongSetting } {
  const read = readEnvironment(environment)
  if ('name' in read) return { ok: false, wrong: read }
  let named: FirstContent | null = null
  let province = false
  for (const arg of args) {
    const facilityKind = DEMONSTRATIONS[arg]
    if (facilityKind !== undefined) named = { kind: 'demonstration', facilityKind }
    else if (arg === '--empty') named = { kind: 'empty' }
    else if (arg === '--province') province = true
    else return { ok: false, wrong: { name: arg, value: null } }
  }
  const firstContent = named ?? { kind: 'demonstration', facilityKind: 'prison' }
  const { PORT: port, HOST: host, DATA_DIR, DATABASE_URL: databaseUrl } = read
  const backupDir = read.BACKUP_DIR === null ? null : resolve(read.BACKUP_DIR)
  const place = { dataDir: resolve(DATA_DIR), databaseUrl, backupDir }
  const https = {
    port: read.HTTPS_PORT ?? HTTPS_PORT_USUAL,
    isNamed: read.HTTPS_PORT !== null,
    names: read.HTTPS_NAMES,
  }
  const config = { port, host, https, ...place, firstContent, contentIsNamed: named !== null, province }
  return { ok: true, config }
}
