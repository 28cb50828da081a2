// What the frames of the second copy add up to. Pure; the same list of frames always gives the same content.
import type { VaultRow } from '#contract/vault.ts'
import type { SyncState } from './confirmed-store.ts'
import type { RefusedRow, SealedRow } from './database.ts'
import type { KeylessDevice } from './device-store.ts'

/** One change of the copy. `segmentCount`: how many pages of the pages' own log belong to `state`. */
export type KeptFrame =
  | { readonly kind: 'device'; readonly device: KeylessDevice }
  | {
      readonly kind: 'sync'
      readonly state: SyncState
      readonly refused: readonly RefusedRow[]
      readonly noLongerRefused: readonly Pick<RefusedRow, 'epoch' | 'seq'>[]
      readonly clear: boolean
      readonly segmentCount: number
    }
  | {
      readonly kind: 'sealed'
      readonly step: number
      readonly put: readonly SealedRow[]
      readonly drop: readonly Pick<SealedRow, 'collection' | 'key'>[]
      readonly hash: string | null
    }
  | { readonly kind: 'note'; readonly row: VaultRow; readonly step: number }
  | { readonly kind: 'sent'; readonly keys: readonly string[]; readonly step: number }

/** All of it. `privateStep` counts the changes of the sealed rows; `isWhole` is false when pages that belong to `state` are missing. */
export interface KeptContent {
  readonly device: KeylessDevice | null
  readonly state: SyncState | null
  readonly refused: readonly RefusedRow[]
  readonly rows: readonly SealedRow[]
  readonly notes: readonly VaultRow[]
  readonly hash: string | null
  readonly privateStep: number
  readonly segmentCount: number
  readonly isWhole: boolean
}

/** Nothing kept yet. */
export const emptyContent: KeptContent = {
  device: null,
  state: null,
  refused: [],
  rows: [],
  notes: [],
  hash: null,
  privateStep: 0,
  segmentCount: 0,
  isWhole: true,
}

const rowName = ({ collection, key }: Pick<SealedRow, 'collection' | 'key'>): string => `${collection} ${key}`
const seqName = ({ epoch, seq }: Pick<RefusedRow, 'epoch' | 'seq'>): string => `${epoch} ${String(seq)}`

function foldSync(content: KeptContent, frame: Extract<KeptFrame, { kind: 'sync' }>): KeptContent {
  const gone = new Set([...frame.noLongerRefused, ...frame.refused].map(seqName))
  const before = frame.clear ? [] : content.refused.filter((row) => !gone.has(seqName(row)))
  const { state, segmentCount } = frame
  return { ...content, state, segmentCount, refused: [...before, ...frame.refused] }
}

function foldSealed(
  content: KeptContent,
  { step, put, drop, hash }: Extract<KeptFrame, { kind: 'sealed' }>,
): KeptContent {
  const rows = new Map(content.rows.map((row) => [rowName(row), row]))
  for (const row of drop) rows.delete(rowName(row))
  for (const row of put) rows.set(rowName(row), row)
  return { ...content, rows: [...rows.values()], hash, privateStep: step }
}

const noteKey = ({ kind, id }: VaultRow): string => `${kind}|${id}`

/** The content after one more frame. A kind of a later version changes nothing. */
export function foldKept(content: KeptContent, frame: KeptFrame): KeptContent {
  switch (frame.kind) {
    case 'device':
      return { ...content, device: frame.device }
    case 'sync':
      return foldSync(content, frame)
    case 'sealed':
      return foldSealed(content, frame)
    case 'note': {
      const notes = [...content.notes.filter((row) => noteKey(row) !== noteKey(frame.row)), frame.row]
      const row = { collection: 'vault', key: noteKey(frame.row), row: frame.row } as const
      const rows = [...content.rows.filter((held) => rowName(held) !== rowName(row)), row]
      return { ...content, notes, rows, privateStep: frame.step }
    }
    case 'sent':
      return {
        ...content,
        notes: content.notes.filter((row) => !frame.keys.includes(noteKey(row))),
        privateStep: frame.step,
      }
    default:
      return content
  }
}
