// Puts seeded bugs into a copy of the program, one after another, and lets the simulation hunt each of them.
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { edited, type SourceMutant } from './source-mutant.ts'

/** What became of a hunt. `histories`: how many were played; `promise`: which one broke, null when none did; `reason`: in words. */
export interface Hunt {
  readonly mutant: SourceMutant
  readonly histories: number
  readonly promise: string | null
  readonly reason: string
}

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const HUNTER = 'test/simulation/mutants/hunt-in-copy.ts'
const COPIED = ['src', 'test/simulation', 'test/support', 'package.json']
/** A program that hangs was not found by a promise. */
const PATIENCE_MS = 600_000
const run = promisify(execFile)

function makeCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'xincheng-mutants-'))
  const isNeeded = (path: string) => !/\.\w+$/.test(path) || /\.(ts|json)$/.test(path)
  for (const path of COPIED) cpSync(join(PROJECT, path), join(copy, path), { recursive: true, filter: isNeeded })
  symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'), 'junction')
  return copy
}

const fileOf = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8')

/** The files of the program that a mutant changes, as they are with the bug, by path. Throws where an edit does not fit. */
export function mutatedFiles({ edits }: SourceMutant): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const edit of edits) files.set(edit.file, edited(files.get(edit.file) ?? fileOf(PROJECT, edit.file), edit))
  return files
}

async function huntIn(copy: string, mutant: SourceMutant, firstSeed: number, within: number): Promise<Hunt> {
  const files = mutatedFiles(mutant)
  for (const [file, text] of files) writeFileSync(join(copy, file), text)
  const args = ['--disable-warning=ExperimentalWarning', HUNTER, String(firstSeed), String(within)]
  try {
    const { stdout } = await run(process.execPath, args, { cwd: copy, timeout: PATIENCE_MS, maxBuffer: 2 ** 26 })
    const found = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { histories: number; reason: string } | null
    if (found === null) return { mutant, histories: within, promise: null, reason: 'every promise was kept' }
    // By a broken promise, not because the simulation itself fell over.
    return { mutant, ...found, promise: /^I\d+(?= )/.exec(found.reason)?.[0] ?? null }
  } catch (thrown) {
    const said =
      thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trim().slice(-300) : String(thrown)
    return { mutant, histories: 0, promise: null, reason: `the hunt broke: ${said}` }
  } finally {
    for (const file of files.keys()) writeFileSync(join(copy, file), fileOf(PROJECT, file))
  }
}

/** Hunts each mutant in at most `within` histories from `firstSeed` on; `told` hears of each hunt when it ends. */
export async function huntMutants(
  mutants: readonly SourceMutant[],
  {
    firstSeed,
    within,
    told,
  }: { readonly firstSeed: number; readonly within: number; readonly told?: (hunt: Hunt) => void },
): Promise<readonly Hunt[]> {
  const copy = makeCopy()
  const hunts: Hunt[] = []
  try {
    for (const mutant of mutants) {
      const hunt = await huntIn(copy, mutant, firstSeed, within)
      told?.(hunt)
      hunts.push(hunt)
    }
    return hunts
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
