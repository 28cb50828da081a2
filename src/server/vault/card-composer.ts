// Loads what cards are composed from, each class once for all its people.
import type { StreamId } from '#contract/envelope.ts'
import {
  assessmentStream,
  certificatesStream,
  classOf,
  classStream,
  sessionStream,
  traineeStream,
  wishesStream,
} from '#contract/streams.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import type { OwnState } from '#contract/vault.ts'
import type { HeldSession } from '#domain/attendance/hours.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import { loadFamily, loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import type { CardClass } from './own-state.ts'
import { composeOwnState } from './own-state.ts'
import { readVaultRow } from './vault-rows.ts'

/** Composes people's own states within one transaction. */
export interface CardComposer {
  /** The content of a person's card; null for someone who is not here (any more) or has no identity. */
  compose(traineeId: TraineeId): Promise<OwnState | null>
}

/** Reads rosters and rules once; classes as they are asked for. */
export async function makeCardComposer(tx: LedgerReader, context: ServerContext): Promise<CardComposer> {
  const { rules } = await loadState(tx, 'facility', 'facility')
  const rosters = await loadFamily(tx, 'roster')
  const classesOf = classesByTrainee(rosters)
  const rosterOf = new Map(rosters.map(({ stream, state }) => [classOf(stream), state]))
  const loaded = new Map<ClassId, Promise<CardClass>>()
  const classNamed = (classId: ClassId): Promise<CardClass> => {
    const known = loaded.get(classId) ?? loadClass(tx, context, classId, rosterOf.get(classId) ?? { members: [] })
    loaded.set(classId, known)
    return known
  }
  return {
    async compose(traineeId) {
      const trainee = await loadState(tx, 'trainee', traineeStream(traineeId))
      const identity =
        trainee.presence === 'present' ? await readVaultRow(tx, context.vaultKey, 'trainee', traineeId) : null
      if (identity === null) return null
      const classes: CardClass[] = []
      for (const classId of classesOf.get(traineeId) ?? []) classes.push(await classNamed(classId))
      return composeOwnState({
        traineeId,
        displayName: identity.content.name,
        today: context.clock.today(),
        rules,
        trainee,
        wishes: await loadState(tx, 'wishes', wishesStream(traineeId)),
        classes,
      })
    },
  }
}

function classesByTrainee(
  rosters: readonly { readonly stream: StreamId; readonly state: StreamStates['roster'] }[],
): Map<TraineeId, ClassId[]> {
  const classes = new Map<TraineeId, ClassId[]>()
  for (const { stream, state } of rosters) {
    const classId = classOf(stream)
    if (classId === null) continue
    for (const { traineeId } of state.members) {
      const own = classes.get(traineeId)
      if (own === undefined) classes.set(traineeId, [classId])
      else if (!own.includes(classId)) own.push(classId)
    }
  }
  return classes
}

/** One class with all its lessons. */
export async function loadClass(
  tx: LedgerReader,
  context: ServerContext,
  classId: ClassId,
  roster: StreamStates['roster'],
): Promise<CardClass> {
  const classState = await loadState(tx, 'class', classStream(classId))
  const sessions: HeldSession[] = []
  for (const plan of classState.sessions)
    sessions.push({ plan, state: await loadState(tx, 'session', sessionStream(classId, plan.sessionId)) })
  const certificates = await loadState(tx, 'certificates', certificatesStream(classId))
  return {
    classState,
    roster,
    sessions,
    assessment: await loadState(tx, 'assessment', assessmentStream(classId)),
    certificates,
    issuerNames: await issuerNamesOf(tx, context, certificates),
  }
}

/** A certificate made here keeps the provider's name of the day it was issued, whatever the provider is called today. */
async function issuerNamesOf(
  tx: LedgerReader,
  context: ServerContext,
  { certificates }: StreamStates['certificates'],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const { number, serial } of certificates) {
    const row = serial === null ? null : await readVaultRow(tx, context.vaultKey, 'certificate', number)
    if (row !== null) names.set(number, row.content.issuerName)
  }
  return names
}
