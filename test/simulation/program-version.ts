// An older program is the same program without the kinds that came later. Parts of a history run one after the other, so each may run as its own
// version: the registry lacks the newer kinds while an older part is at work.
import { type EntryKind, kindRegistry } from '#contract/kind-registry.ts'

/** What a tablet or an instance of the site runs. */
export type ProgramVersion = 'older' | 'newer'

/** Kinds that may be new in a history: testimony that the office never gives at the site by itself. */
export const KINDS_THAT_CAME: readonly EntryKind[] = [
  'attendance.made-up.v1',
  'assessment.admitted.v1',
  'assessment.scored.v1',
  'enrollment.wishes-registered.v2',
]

type Registry = Record<string, unknown>

/** Which version is at work, and which kinds the older one lacks. */
export interface Versions {
  readonly newKinds: readonly EntryKind[]
  knows(version: ProgramVersion, kind: string): boolean
  /** From now on this version is at work. */
  enter(version: ProgramVersion): void
  /** Does a piece of work as that version, and goes back to the one before. */
  as<Value>(version: ProgramVersion, work: () => Promise<Value>): Promise<Value>
}

/** Makes the versions of a history. The registry is whole again after `enter('newer')`. */
export function makeVersions(newKinds: readonly EntryKind[]): Versions {
  const registry = kindRegistry as Registry
  const schemas = new Map(newKinds.map((kind) => [kind, registry[kind]] as const))
  let current: ProgramVersion = 'newer'
  function enter(version: ProgramVersion): void {
    if (version === current) return
    current = version
    for (const [kind, schema] of schemas) {
      if (version === 'older') Reflect.deleteProperty(registry, kind)
      else registry[kind] = schema
    }
  }
  return {
    newKinds,
    knows: (version, kind) => version === 'newer' || !newKinds.some((one) => one === kind),
    enter,
    async as(version, work) {
      const before = current
      enter(version)
      try {
        return await work()
      } finally {
        enter(before)
      }
    },
  }
}
