// Everything the papers of one class are made from, read in one consistent view: folded states, opened identities, and the proof of both.
import {
  assessmentStream,
  catalogueStream,
  certificatesStream,
  classStream,
  providerStream,
  rosterStream,
  sessionStream,
  traineeStream,
} from '#contract/streams.ts'
import type { ClassId, TraineeId } from '#contract/values.ts'
import type { CertificateContent, TraineeIdentity } from '#contract/vault.ts'
import type { HeldSession } from '#domain/attendance/hours.ts'
import { shortfallWordsHash } from '#domain/completion/decide.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import type { ClassPlan } from '#domain/training-class/state.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader } from '#server/storage/ledger-store.ts'
import { readVaultRow } from '#server/vault/vault-rows.ts'

/** Where in the ledger a paper was read: the last position and the id of the entry there, and the seal where there is one. */
export interface PaperProof {
  readonly position: number
  readonly entryId: string | null
  readonly sealHash: string | null
}

/** The source of a class's papers; `people` by trainee id, `contents` of certificates by number. */
export interface ClassSource {
  readonly plan: ClassPlan
  readonly facility: StreamStates['facility']
  readonly provider: StreamStates['provider']
  readonly occupationName: string
  readonly classState: StreamStates['class']
  readonly roster: StreamStates['roster']
  readonly sessions: readonly HeldSession[]
  readonly assessment: StreamStates['assessment']
  readonly certificates: StreamStates['certificates']
  readonly trainees: ReadonlyMap<TraineeId, StreamStates['trainee']>
  readonly people: ReadonlyMap<TraineeId, TraineeIdentity>
  readonly contents: ReadonlyMap<string, CertificateContent>
  /** The words about missing hours; null where there are none or they are not those the completion named. */
  readonly shortfallWords: string | null
  readonly proof: PaperProof
}

/** Reads a class whole; null when it was never planned. */
export async function readClassSource(
  view: LedgerReader,
  context: ServerContext,
  classId: ClassId,
): Promise<ClassSource | null> {
  const classState = await loadState(view, 'class', classStream(classId))
  const { plan } = classState
  if (plan === null) return null
  const sessions: HeldSession[] = []
  for (const session of classState.sessions) {
    sessions.push({ plan: session, state: await loadState(view, 'session', sessionStream(classId, session.sessionId)) })
  }
  const roster = await loadState(view, 'roster', rosterStream(classId))
  const certificates = await loadState(view, 'certificates', certificatesStream(classId))
  const { occupation } = await loadState(view, 'catalogue', catalogueStream(plan.occupationId))
  return {
    plan,
    classState,
    roster,
    sessions,
    certificates,
    facility: await loadState(view, 'facility', 'facility'),
    provider: await loadState(view, 'provider', providerStream(plan.providerId)),
    occupationName: occupation?.name.zh ?? plan.occupationId,
    assessment: await loadState(view, 'assessment', assessmentStream(classId)),
    ...(await readPeople(view, context, roster)),
    contents: await readContents(view, context, certificates),
    shortfallWords: await readShortfallWords(view, context, classState),
    proof: await readProof(view, classState),
  }
}

async function readPeople(
  view: LedgerReader,
  context: ServerContext,
  roster: StreamStates['roster'],
): Promise<Pick<ClassSource, 'trainees' | 'people'>> {
  const trainees = new Map<TraineeId, StreamStates['trainee']>()
  const people = new Map<TraineeId, TraineeIdentity>()
  for (const { traineeId } of roster.members) {
    trainees.set(traineeId, await loadState(view, 'trainee', traineeStream(traineeId)))
    const row = await readVaultRow(view, context.vaultKey, 'trainee', traineeId)
    if (row !== null) people.set(traineeId, row.content)
  }
  return { trainees, people }
}

async function readContents(
  view: LedgerReader,
  context: ServerContext,
  { certificates }: StreamStates['certificates'],
): Promise<ReadonlyMap<string, CertificateContent>> {
  const contents = new Map<string, CertificateContent>()
  for (const { number, certificateKind } of certificates) {
    if (certificateKind !== 'training') continue
    const row = await readVaultRow(view, context.vaultKey, 'certificate', number)
    if (row !== null) contents.set(number, row.content)
  }
  return contents
}

async function readShortfallWords(
  view: LedgerReader,
  context: ServerContext,
  { completion }: StreamStates['class'],
): Promise<string | null> {
  const shortfall = completion?.shortfall ?? null
  if (shortfall === null) return null
  const words = (await readVaultRow(view, context.vaultKey, 'note', shortfall.noteId))?.content.text
  return words !== undefined && shortfallWordsHash(words) === shortfall.wordsHash ? words : null
}

async function readProof(view: LedgerReader, classState: StreamStates['class']): Promise<PaperProof> {
  const position = await view.entries.headPosition()
  const [last] = await view.entries.feed({ after: position - 1, until: position, roots: null, limit: 1 })
  return { position, entryId: last?.id ?? null, sealHash: classState.seal?.contentHash ?? null }
}
