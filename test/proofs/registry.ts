// Every proof there is: what one block of it does, how large the block of `npm test` is, and how far the whole is meant to go.
import { MUTANTS, SAMPLE } from '#test/simulation/mutants/all-mutants.ts'
import { huntMutants } from '#test/simulation/mutants/hunt-mutants.ts'
import { playSeeds, range, replayCommand } from '#test/simulation/play-seeds.ts'
import { keepFailedSeed } from '#test/simulation/regressions.ts'
import { withSynchronousSignatures } from '#test/simulation/synchronous-signatures.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { proveBatchFile } from './batch-file.ts'
import { CORRUPTION_KINDS, proveCorruption } from './corruption-proof.ts'
import { proveKills } from './kill-proof.ts'
import { proveRandomEdits } from './random-edits.ts'
import { proveRestores } from './restores.ts'
import { proveServerKills } from './server-kills.ts'

/** What a block came to: how many cases were tried, sums worth telling, and every promise that was broken, in words; `told` is worth reading once. */
export interface BlockResult {
  readonly tries: number
  readonly figures: Readonly<Record<string, number>>
  readonly broken: readonly string[]
  readonly told?: readonly string[]
}

/** `block` and `small` count cases, `whole` those of a run that names the proof and no size; `play` takes the seeds from `seed` on, so that no run repeats another. */
export interface Proof {
  readonly small: number
  readonly block: number
  readonly whole?: number
  readonly aim: number
  play(seed: number, tries: number): Promise<BlockResult>
}

/** Of more failures than this, the first few tell what is wrong. */
const STORIES_MAX = 3
const HUNTED_WITHIN = 600

const quiet = (): void => undefined
const brokenBy = (counts: Readonly<Record<string, number>>, seed: number): readonly string[] =>
  Object.entries(counts).flatMap(([name, count]) =>
    count > 0 ? [`seed ${String(seed)}: ${name} ${String(count)}`] : [],
  )

const histories: Proof = {
  small: 3000,
  block: 200,
  aim: 2_000_000,
  async play(seed, tries) {
    const { totals, failed } = await playSeeds(range(seed, seed + tries - 1))
    const { histories: tried, ...figures } = totals
    const broken = failed.map((one) => `seed ${String(one.seed)}: ${one.reason}; ${replayCommand(one.seed)}`)
    for (const one of failed.slice(0, STORIES_MAX))
      broken.push((await withSynchronousSignatures(() => keepFailedSeed(one.seed))).join('\n'))
    return { tries: tried + failed.length, figures, broken }
  },
}

/** Hunts seeded bugs, each in histories of its own; a later pass over them begins at later seeds. The small run hunts the fixed sample. */
const mutants: Proof = {
  small: SAMPLE.length,
  block: 8,
  whole: MUTANTS.length,
  aim: MUTANTS.length * 10,
  async play(seed, tries) {
    const ordered = [...SAMPLE, ...MUTANTS.filter((mutant) => !SAMPLE.includes(mutant))]
    const hunted = Array.from({ length: tries }, (_, index) => ordered[(seed - 1 + index) % ordered.length] ?? [])
    const hunts = await huntMutants(hunted.flat(), { firstSeed: seed, within: HUNTED_WITHIN })
    const found = hunts.filter(({ promise }) => promise !== null)
    const histories = found.reduce((sum, hunt) => sum + hunt.histories, 0)
    const broken = hunts.flatMap(({ mutant, promise, reason }) =>
      promise === null
        ? `seed ${String(seed)}: not found: a program that ${mutant.name} (${mutant.family}): ${reason}`
        : [],
    )
    const told = found.map(
      ({ mutant, promise, histories: after }) =>
        `${String(promise)} after ${String(after)}: ${mutant.family}, ${mutant.name}`,
    )
    return { tries, figures: { found: found.length, histories }, broken, told }
  },
}

const browserKills: Proof = {
  small: 20,
  block: 20,
  aim: 500,
  async play(seed, tries) {
    const { acknowledged, lost } = await proveKills(tries, seed, quiet)
    return { tries, figures: { acknowledged }, broken: brokenBy({ lost }, seed) }
  },
}

const damagedStores: Proof = {
  small: 12,
  block: 12,
  aim: 120,
  async play(seed, tries) {
    const rounds = Math.ceil(tries / CORRUPTION_KINDS.length)
    const { acknowledged, lost } = await proveCorruption(rounds, quiet)
    return { tries: rounds * CORRUPTION_KINDS.length, figures: { acknowledged }, broken: brokenBy({ lost }, seed) }
  },
}

const serverKills = (store: 'sqlite' | 'postgres'): Proof => ({
  small: 20,
  block: 10,
  aim: 2000,
  async play(seed, tries) {
    const { acknowledged, lost, doubled, isProven } = await proveServerKills(store, tries, seed)
    const broken = brokenBy({ lost, doubled, 'ledger not proven': isProven ? 0 : 1 }, seed)
    return { tries, figures: { acknowledged }, broken }
  },
})

const batchFiles: Proof = {
  small: 5000,
  block: 20_000,
  aim: 1_131_000,
  async play(seed, tries) {
    const fuzzed = Math.ceil(tries / 2)
    const figures = await proveBatchFile({ seed, sample: tries - fuzzed, fuzzed, signedAnew: 100 })
    const { flips, truncations, fuzzed: changed, signedAnew, accepted } = figures
    return {
      tries: flips + truncations + changed + signedAnew,
      figures: { flips, truncations, fuzzed: changed },
      broken: accepted.map((one) => `seed ${String(seed)}: accepted ${one}`),
    }
  },
}

const restores = (where: 'sqlite' | 'postgres'): Proof => ({
  small: where === 'sqlite' ? 50 : 5,
  block: 10,
  aim: 1000,
  async play(seed, tries) {
    const url = where === 'postgres' ? await freshDatabase('empty') : null
    const { broughtAgain, lost, flawed } = await proveRestores(tries, url, seed)
    return { tries, figures: { broughtAgain }, broken: brokenBy({ lost, flawed }, seed) }
  },
})

const randomEdits: Proof = {
  small: 500,
  block: 500,
  aim: 10_000,
  async play(seed, tries) {
    const { missed } = await proveRandomEdits(tries, seed)
    return { tries, figures: {}, broken: missed.map((one) => `seed ${String(seed)}: not found: ${one}`) }
  },
}

/** The proofs by name; the order is that of a run. */
export const PROOFS: Readonly<Record<string, Proof>> = {
  histories,
  mutants,
  'browser-kills': browserKills,
  'damaged-stores': damagedStores,
  'server-kills-sqlite': serverKills('sqlite'),
  'server-kills-postgres': serverKills('postgres'),
  'batch-files': batchFiles,
  'restores-sqlite': restores('sqlite'),
  'restores-postgres': restores('postgres'),
  'random-edits': randomEdits,
}
