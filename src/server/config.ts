// What the operator may set: environment and arguments, and every limit of the server in one place.
import { resolve } from 'node:path'
import { z } from 'zod'
import type { FacilityKind } from '#contract/values.ts'

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
})

/** What a first start puts into an empty data folder. */
export type FirstContent =
  | { readonly kind: 'demonstration'; readonly facilityKind: FacilityKind }
  | { readonly kind: 'empty' }

/** Where and what to serve. `province` asks for the provincial server. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly firstContent: FirstContent
  readonly province: boolean
}

/** Calls a minute from one address: many tablets may stand behind one. */
export const CALL_LIMITS = { allPerMinute: 3000, joinPerMinute: 20, signInPerMinute: 60 } as const

const DEMONSTRATIONS: Readonly<Record<string, FacilityKind>> = {
  '--demo=prison': 'prison',
  '--demo=rehab': 'rehabCenter',
}

/** Reads environment and arguments; the answer names what is wrong with them. */
export function readConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly wrong: string } {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) return { ok: false, wrong: parsed.error.issues[0]?.path.join('.') ?? 'environment' }
  let firstContent: FirstContent = { kind: 'demonstration', facilityKind: 'prison' }
  let province = false
  for (const arg of args) {
    const facilityKind = DEMONSTRATIONS[arg]
    if (facilityKind !== undefined) firstContent = { kind: 'demonstration', facilityKind }
    else if (arg === '--empty') firstContent = { kind: 'empty' }
    else if (arg === '--province') province = true
    else return { ok: false, wrong: arg }
  }
  const { PORT: port, HOST: host, DATA_DIR } = parsed.data
  return { ok: true, config: { port, host, dataDir: resolve(DATA_DIR), firstContent, province } }
}
