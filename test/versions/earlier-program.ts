// The program as it was before a kind got its second version: the present source with that step taken back, in a folder of its own, so that an old
// tablet can meet a new site and the reverse. Every change must find its place, or the copy is not made.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface TakenBack {
  readonly file: string
  readonly now: string
  readonly then: string
}

const NOW = "'enrollment.wishes-registered.v2'"
const THEN = "'enrollment.wishes-registered.v1'"

const STEPS: readonly TakenBack[] = [
  {
    file: 'src/contract/kinds/trainee.ts',
    now: `  ${NOW}: z.strictObject({ traineeId: TraineeId, wishes: z.array(Wish).max(3) }),\n`,
    then: '',
  },
  { file: 'src/contract/kinds/trainee.ts', now: '  reason: WishReason.nullable(),\n', then: '' },
  { file: 'src/contract/vault.ts', now: ', reason: WishReason.nullable().catch(null)', then: '' },
  { file: 'src/contract/kind-registry.ts', now: `  ${NOW},\n`, then: '' },
  { file: 'src/contract/commands/testimony.ts', now: NOW, then: THEN },
  {
    file: 'src/domain/access/permissions.ts',
    now: `  ${NOW}: ['administrator', 'officer', 'trainee', 'system'],\n`,
    then: '',
  },
  { file: 'src/domain/enrollment/decide-wishes.ts', now: `draftEntry(${NOW}`, then: `draftEntry(${THEN}` },
  { file: 'src/domain/trainee/fold.ts', now: `entry.kind !== ${NOW}`, then: `entry.kind !== ${THEN}` },
  { file: 'src/domain/deciders.ts', now: `registerWishes: ${NOW}`, then: `registerWishes: ${THEN}` },
  { file: 'src/domain/shared/upcasters.ts', now: `  ${THEN}: {\n`, then: `  'enrollment.wishes-registered.v0': {\n` },
  { file: 'src/domain/fold-version.ts', now: 'FOLD_VERSION = ', then: 'FOLD_VERSION = -1 + ' },
]

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A copy of the program with the newest version of a kind unknown to it. */
export interface EarlierProgram {
  /** Loads one of its files, e.g. `test/support/test-server.ts`. */
  load<Module>(file: string): Promise<Module>
  remove(): void
}

/** Makes the copy under the project's own folder, so that it finds its packages and nobody else's source. */
export function makeEarlierProgram(): EarlierProgram {
  const home = join(ROOT, '.cache')
  mkdirSync(home, { recursive: true })
  const root = mkdtempSync(join(home, 'earlier-'))
  for (const file of ['package.json', 'tsconfig.json', 'test/tsconfig.json']) cpSync(join(ROOT, file), join(root, file))
  cpSync(join(ROOT, 'src'), join(root, 'src'), { recursive: true })
  for (const folder of ['support', 'client/support', 'fixtures'])
    cpSync(join(ROOT, 'test', folder), join(root, 'test', folder), { recursive: true })
  for (const { file, now, then } of STEPS) {
    const path = join(root, file)
    const text = readFileSync(path, 'utf8')
    if (!text.includes(now)) throw new Error(`${file} no longer says ${now}`)
    writeFileSync(path, text.replace(now, then))
  }
  return {
    load: (file) => import(/* @vite-ignore */ join(root, file)),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
