// Every seeded bug there is, and the ten of them that the small run hunts.
import { ACKNOWLEDGEMENT } from './acknowledgement.ts'
import { CHAIN } from './chain.ts'
import { CURSOR } from './cursor.ts'
import { DISPUTE } from './dispute.ts'
import { FORK } from './fork.ts'
import { PRUNE } from './prune.ts'
import { RESTORE } from './restore.ts'
import { SCOPE } from './scope.ts'
import type { SourceMutant } from './source-mutant.ts'

const BY_FAMILY = [ACKNOWLEDGEMENT, CURSOR, CHAIN, FORK, RESTORE, PRUNE, SCOPE, DISPUTE]

/** All of them, family by family. */
export const MUTANTS: readonly SourceMutant[] = BY_FAMILY.flat()

/** The fixed sample: the first of each family, and two more. */
export const SAMPLE: readonly SourceMutant[] = [
  ...BY_FAMILY.flatMap(([first]) => first ?? []),
  ...[ACKNOWLEDGEMENT, RESTORE].flatMap(([, , third]) => third ?? []),
]
