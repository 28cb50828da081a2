// Who knew what, from the history itself: a tablet's cursor at the moment it wrote. From that alone follows where two people contradict one
// another blindly, and each such place must carry a finding. The law reads it from the entries; this reads it from the truth.
import type { Entry, StreamId } from '#contract/envelope.ts'
import { sameResult } from '#domain/assessment/fold.ts'
import { sameMark } from '#domain/attendance/fold.ts'
import type { Finding } from '#domain/shared/finding.ts'
import type { StoredEntry } from '#server/storage/ledger-store.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'

interface Word {
  readonly id: string
  readonly position: number
  readonly entry: Entry
  /** Everything up to this position was known to whoever wrote it, and everything he had written himself. */
  readonly knew: number
}

const WORDS = ['attendance.marked.v1', 'attendance.settled.v1', 'assessment.scored.v1', 'assessment.settled.v1']

/** The one thing a word is about: a trainee in a lesson, or one part and attempt of his assessment. */
function subjectOf({ stream, body }: Entry): string {
  return [stream, body['traineeId'], body['part'] ?? '', body['attempt'] ?? ''].join(' ')
}

const isSettlement = ({ kind }: Entry): boolean => kind.includes('.settled.')

function knew(later: Word, earlier: Word): boolean {
  const sameDevice = earlier.entry.deviceId === later.entry.deviceId && earlier.entry.seq < later.entry.seq
  return sameDevice || earlier.position <= later.knew
}

function saysTheSame(first: Entry, second: Entry): boolean {
  type Mark = Parameters<typeof sameMark>[0]
  type Result = Parameters<typeof sameResult>[0]
  if (first.body['mark'] === undefined)
    return sameResult(first.body['result'] as Result, second.body['result'] as Result)
  return sameMark(first.body as object as Mark, second.body as object as Mark)
}

/** Pairs of words that nobody answered, blind to one another, and different. */
function contradictions(words: readonly Word[]): readonly (readonly [Word, Word])[] {
  const heads = words.filter(
    (word) => !isSettlement(word.entry) && !words.some((later) => later !== word && knew(later, word)),
  )
  return heads.flatMap((second, index) =>
    heads
      .slice(0, index)
      .flatMap((first) => (saysTheSame(first.entry, second.entry) ? [] : [[first, second] as const])),
  )
}

function wordsOf(
  stored: readonly StoredEntry[],
  tablets: readonly SimulatedTablet[],
): ReadonlyMap<string, readonly Word[]> {
  const knewWhenWritten = new Map<string, number>()
  for (const { disk } of tablets)
    for (const [id, cursor] of disk.rows.cursorWhenWritten) knewWhenWritten.set(id, cursor)
  const bySubject = new Map<string, Word[]>()
  for (const { id, text, position } of stored) {
    const entry = JSON.parse(text) as Entry
    if (position === null || !WORDS.includes(entry.kind)) continue
    // Whoever speaks at the server knows all that is there.
    const word: Word = { id, position, entry, knew: knewWhenWritten.get(id) ?? position - 1 }
    const words = bySubject.get(subjectOf(entry)) ?? []
    words.push(word)
    bySubject.set(subjectOf(entry), words)
  }
  return bySubject
}

/** The contradictions without a finding that names both, in words; empty when the folds miss none. */
export function missingFindings(
  stored: readonly StoredEntry[],
  tablets: readonly SimulatedTablet[],
  states: ReadonlyMap<StreamId, unknown>,
): readonly string[] {
  return [...wordsOf(stored, tablets)].flatMap(([subject, words]) =>
    contradictions(words).flatMap(([first, second]) => {
      const state = states.get(first.entry.stream) as { readonly findings?: readonly Finding[] } | undefined
      const named = state?.findings?.some(
        ({ entryIds, settled }) =>
          !settled && entryIds.some((id) => id === first.id) && entryIds.some((id) => id === second.id),
      )
      return named === true ? [] : [`${subject} at ${String(first.position)} and ${String(second.position)}`]
    }),
  )
}

interface Remembering {
  readonly history?: Readonly<Record<string, readonly { readonly entryId: string }[]>>
}

/** The words that stand in the ledger but not in the history of their stream, by id. */
export function missingWords(
  stored: readonly StoredEntry[],
  states: ReadonlyMap<StreamId, unknown>,
): readonly string[] {
  return stored.flatMap(({ id, text, stream }) => {
    const { kind, body } = JSON.parse(text) as Entry
    if (!WORDS.includes(kind)) return []
    const history = (states.get(stream) as Remembering | undefined)?.history?.[String(body['traineeId'])]
    return history?.some(({ entryId }) => entryId === id) === true ? [] : [id]
  })
}
