// An ended class once more, from the texts of its entries alone and by other code than the law's: who passed, what the seal fixed, and that nothing
// up to the seal ever changes.
import { canonicalText, hashText } from '#contract/canonical.ts'
import type { Entry } from '#contract/envelope.ts'
import type { StoredEntry } from '#server/storage/ledger-store.ts'
import { keeps } from './promises.ts'

interface Said {
  readonly position: number
  readonly entry: Entry
}

interface Outcome {
  readonly traineeId: string
  readonly outcome: string
  readonly theoryTenths: number | null
  readonly practicalTenths: number | null
}

/** Where a class was sealed and the hash of all its entries up to there. */
export interface SealedClass {
  readonly classId: string
  readonly position: number
  readonly hash: string
}

const isOf = (classId: string, stream: string): boolean =>
  stream === `class/${classId}` || stream.startsWith(`class/${classId}/`)

/** The sealed classes of a ledger. */
export function sealedClasses(stored: readonly StoredEntry[]): readonly SealedClass[] {
  return stored.flatMap(({ text, position, stream }) => {
    if (position === null || !text.includes('"kind":"class.sealed.v1"')) return []
    const classId = stream.split('/')[1] ?? ''
    const texts = stored.filter((one) => isOf(classId, one.stream) && (one.position ?? 0) <= position)
    return [{ classId, position, hash: hashText(texts.map((one) => `${String(one.position)} ${one.text}`).join('\n')) }]
  })
}

/** I10: what was sealed before is sealed now, with the same entries at the same positions. */
export function checkSealed(before: readonly SealedClass[], stored: readonly StoredEntry[]): readonly SealedClass[] {
  const now = sealedClasses(stored)
  for (const { classId, position, hash } of before) {
    const same = now.find((one) => one.classId === classId && one.position === position)
    keeps(same?.hash === hash, 'I10', () => `class ${classId}, sealed at ${String(position)}, is not what it was`)
  }
  return now
}

function memberIds(said: readonly Said[]): readonly string[] {
  const members = new Set<string>()
  for (const { entry } of said) {
    const traineeId = String(entry.body['traineeId'])
    if (entry.kind === 'enrollment.enrolled.v1') members.add(traineeId)
    if (entry.kind === 'enrollment.withdrawn.v1') members.delete(traineeId)
  }
  return [...members]
}

/** Points in tenths of the latest attempt at a part: the last word about the highest attempt. */
function tenthsOf(said: readonly Said[], traineeId: string, part: string): number | null {
  const words = said.filter(
    ({ entry: { kind, body } }) =>
      (kind === 'assessment.scored.v1' || kind === 'assessment.settled.v1') &&
      body['traineeId'] === traineeId &&
      body['part'] === part,
  )
  const highest = Math.max(...words.map(({ entry }) => Number(entry.body['attempt'])))
  const last = words.filter(({ entry }) => entry.body['attempt'] === highest).at(-1)
  const result = last?.entry.body['result'] as { readonly scoreTenths?: number } | undefined
  return result?.scoreTenths ?? null
}

function outcomeOf(said: readonly Said[], traineeId: string): Outcome {
  const theoryTenths = tenthsOf(said, traineeId, 'theory')
  const practicalTenths = tenthsOf(said, traineeId, 'practical')
  if (theoryTenths === null || practicalTenths === null)
    return { traineeId, outcome: 'notAssessed', theoryTenths, practicalTenths }
  const outcome = Math.min(theoryTenths, practicalTenths) >= 600 ? 'passed' : 'failed'
  return { traineeId, outcome, theoryTenths, practicalTenths }
}

const inOrder = (outcomes: readonly Outcome[]): string =>
  outcomes
    .map(({ traineeId, outcome, theoryTenths, practicalTenths }) =>
      [traineeId, outcome, theoryTenths, practicalTenths].join(' '),
    )
    .sort()
    .join(', ')

function checkSealedHash(before: readonly Said[], completed: Said, sealed: Said): void {
  const { sessions: _, ...plan } = before.find(({ entry }) => entry.kind === 'class.planned.v1')?.entry.body ?? {}
  const outcomes = new Map((completed.entry.body['outcomes'] as Outcome[]).map((one) => [one.traineeId, one]))
  for (const { entry } of before.filter(({ entry: { kind } }) => kind === 'class.supplemented.v1'))
    for (const one of entry.body['outcomes'] as Outcome[]) outcomes.set(one.traineeId, one)
  const completedOn = completed.entry.body['completedOn']
  const hash = hashText(canonicalText({ plan, completedOn, outcomes: [...outcomes.values()] }))
  keeps(sealed.entry.body['contentHash'] === hash, 'I10', () => 'the seal does not fix what the entries before it say')
}

/** I16 and I10 of one class: the outcomes follow from the entries before the end, and the seal's hash from those before the seal. */
export function checkEndedClass(stored: readonly StoredEntry[], classId: string): void {
  const said = stored
    .filter(({ stream }) => isOf(classId, stream))
    .map(({ position, text }) => ({ position: position ?? 0, entry: JSON.parse(text) as Entry }))
  const completed = said.find(({ entry }) => entry.kind === 'class.completed.v1')
  if (completed === undefined) return
  const before = said.filter(({ position }) => position < completed.position)
  const counted = inOrder(memberIds(before).map((traineeId) => outcomeOf(before, traineeId)))
  const written = inOrder(completed.entry.body['outcomes'] as Outcome[])
  keeps(counted === written, 'I16', () => `class ${classId} ended with ${written}; counted again: ${counted}`)
  const sealed = said.find(({ entry }) => entry.kind === 'class.sealed.v1')
  if (sealed === undefined) return
  checkSealedHash(
    said.filter(({ position }) => position < sealed.position),
    completed,
    sealed,
  )
}
