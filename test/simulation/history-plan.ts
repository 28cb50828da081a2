// What a history is made of, drawn from its seed: how many tablets and instances, and which kinds of trouble may come. Each history has some of them,
// so that each is also met alone.
import type { DevicePurpose } from '#contract/device.ts'
import type { EntryKind } from '#contract/kind-registry.ts'
import type { SeededRandom } from '#test/support/seeded-random.ts'
import { KINDS_THAT_CAME, type ProgramVersion } from './program-version.ts'

export interface PlannedTablet {
  readonly name: string
  readonly purpose: DevicePurpose
  readonly version: ProgramVersion
  /** Whether what it has goes by hand when peace has come, and not by the network. */
  readonly goesByFile: boolean
}

export interface HistoryPlan {
  readonly steps: number
  readonly tablets: readonly PlannedTablet[]
  readonly instances: readonly ProgramVersion[]
  /** Kinds the older program lacks; none when nobody is older. */
  readonly newKinds: readonly EntryKind[]
  readonly isLong: boolean
  readonly hasFiles: boolean
  readonly hasCuts: boolean
  readonly hasRestores: boolean
  readonly hasCopies: boolean
}

const COUNTS = [2, 2, 3, 3, 3, 3, 4, 4, 5, 6] as const
const NAMES = 'ABCDEF'

function purposesOf(random: SeededRandom, count: number): readonly DevicePurpose[] {
  const others = Array.from({ length: count - 2 }, () => random.pick(['instructor', 'office', 'kiosk'] as const))
  return ['instructor', random.pick(['instructor', 'office'] as const), ...others]
}

/** Draws the plan. */
export function planHistory(random: SeededRandom): HistoryPlan {
  const hasUpgrades = random.chance(0.2)
  const hasFiles = random.chance(0.25)
  const version = (older: number): ProgramVersion => (hasUpgrades && random.chance(older) ? 'older' : 'newer')
  const instances = Array.from({ length: random.chance(0.35) ? 2 : 1 }, () => version(0.8))
  const tablets = purposesOf(random, random.pick(COUNTS)).map((purpose, index) => ({
    ...{ name: NAMES.charAt(index), purpose, version: version(0.3) },
    goesByFile: hasFiles && random.chance(0.4),
  }))
  return {
    ...{ steps: random.integer(70, 130), tablets, instances, hasFiles },
    newKinds: hasUpgrades ? random.shuffle(KINDS_THAT_CAME).slice(0, random.integer(1, 3)) : [],
    isLong: random.chance(0.015),
    hasCuts: random.chance(0.3),
    hasRestores: random.chance(0.2),
    hasCopies: random.chance(0.12),
  }
}
