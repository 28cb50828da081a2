// Who people are, readable only while a staff member's PIN holds it open. The key and everything opened live in memory; locking drops both.
import type { z } from 'zod'
import { CertificateContent, Note, StaffIdentity, TraineeIdentity } from '#contract/vault.ts'
import type { StaffKey, VaultContent, VaultKind, VaultRow } from '#contract/vault.ts'
import type { AttemptStore } from '#client/storage/attempt-store.ts'
import type { PrivateStore } from '#client/storage/private-store.ts'
import { vaultRowKey } from '#client/storage/private-store.ts'
import { deriveKey, openJson, sealJson, unwrapKey } from './cipher.ts'

/** After so many failures a person is disabled on this device until the server has a newer key for him. */
export const TRIES_MAX = 10

const CHUNK_ROWS = 200

/** How an unlock ended. `triesLeft` counts the tries that remain on this device. */
export type UnlockAnswer =
  | { readonly ok: true; readonly staffKey: StaffKey }
  | {
      readonly ok: false
      readonly code: 'wrong-pin' | 'account-unknown' | 'account-locked' | 'no-staff-on-device'
      readonly triesLeft?: number
    }

/** One opened row. */
export interface OpenedRow {
  readonly key: string
  readonly kind: VaultKind
  readonly id: string
  readonly revision: number
  readonly content: VaultContent[VaultKind]
}

/** The vault of this device. */
export interface Vault {
  readonly unlocked: boolean
  /** What is open now, by `kind|id`. Empty while locked. */
  readonly rows: ReadonlyMap<string, OpenedRow>
  /** The people who can unlock here. Faults: storage-broken. */
  staffKeys(): Promise<readonly StaffKey[]>
  /** Opens the vault key with a PIN; a try counts before it is made. Faults: storage-full, storage-broken. */
  unlock(account: string, pin: string): Promise<UnlockAnswer>
  lock(): void
  /**
   * Opens new and changed rows, a few hundred at a time, so that the page goes on answering. Calls back after the first portion, whenever twice
   * as many are open as at the last call, and at the end. Faults: storage-broken.
   */
  refresh(onPortion: () => void): Promise<void>
  /** Seals and keeps a note; null while locked. Faults: storage-full, storage-broken. */
  addNote(id: string, text: string): Promise<VaultRow | null>
}

/** What a vault is made of. */
export interface VaultParts {
  readonly store: PrivateStore
  readonly attempts: AttemptStore
  readonly randomBytes: (length: number) => Uint8Array<ArrayBuffer>
}

const contentSchemas: { readonly [K in VaultKind]: z.ZodType<VaultContent[K]> } = {
  trainee: TraineeIdentity,
  staff: StaffIdentity,
  note: Note,
  certificate: CertificateContent,
}

const aadOf = (row: Pick<VaultRow, 'kind' | 'id' | 'revision'>): string =>
  `${row.kind}|${row.id}|${String(row.revision)}`
const attemptKeyOf = (staffId: string): string => `staff|${staffId}`
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

async function openRow(key: CryptoKey, row: VaultRow): Promise<OpenedRow | null> {
  const parsed = contentSchemas[row.kind].safeParse(await openJson(key, row, aadOf(row)))
  if (!parsed.success) return null
  return { key: vaultRowKey(row), kind: row.kind, id: row.id, revision: row.revision, content: parsed.data }
}

type Unwrapped = { readonly key: CryptoKey } | Extract<UnlockAnswer, { ok: false }>

// The try is counted before it is made and taken back when it was right.
async function tryPin(attempts: AttemptStore, staffKey: StaffKey, pin: string): Promise<Unwrapped> {
  const attemptKey = attemptKeyOf(staffKey.staffId)
  const token = String(staffKey.revision)
  const locked = { ok: false, code: 'account-locked', triesLeft: 0 } as const
  if ((await attempts.failures(attemptKey, token)) >= TRIES_MAX) return locked
  const failures = await attempts.count(attemptKey, token)
  const wrapped = { iv: staffKey.iv, sealed: staffKey.wrapped }
  const derived = await deriveKey(pin, staffKey.cost)
  const key = await unwrapKey(derived, wrapped, `staff-key|${staffKey.staffId}`, ['encrypt', 'decrypt'])
  if (key === null)
    return failures >= TRIES_MAX ? locked : { ok: false, code: 'wrong-pin', triesLeft: TRIES_MAX - failures }
  await attempts.clear(attemptKey)
  return { key }
}

interface OpenParts {
  readonly store: VaultParts['store']
  readonly rows: Map<string, OpenedRow>
  readonly key: CryptoKey
  /** Whether the vault is still open with this very key. */
  readonly isOpen: () => boolean
  readonly onPortion: () => void
}

// Opens what changed, a portion at a time, so that ten thousand rows leave room for taps. Whoever shows them rebuilds what he shows at each
// call, so the calls grow rarer: the first names come at once, and all the rebuilding costs no more than twice the last.
async function openChanged({ store, rows, key, isOpen, onPortion }: OpenParts): Promise<void> {
  const sealed = await store.vaultRows()
  const present = new Set(sealed.map(vaultRowKey))
  if (!isOpen()) return
  for (const name of rows.keys()) if (!present.has(name)) rows.delete(name)
  const changed = sealed.filter((row) => rows.get(vaultRowKey(row))?.revision !== row.revision)
  let nextCall = CHUNK_ROWS
  for (let start = 0; start < changed.length; start += CHUNK_ROWS) {
    const opened = await Promise.all(changed.slice(start, start + CHUNK_ROWS).map((row) => openRow(key, row)))
    // Locked meanwhile: nothing opened may stay behind.
    if (!isOpen()) return
    for (const row of opened) if (row !== null) rows.set(row.key, row)
    if (start + CHUNK_ROWS >= nextCall) {
      onPortion()
      nextCall *= 2
    }
    await nextTask()
  }
  onPortion()
}

/** Makes a locked vault. */
export function createVault({ store, attempts, randomBytes }: VaultParts): Vault {
  let vaultKey: CryptoKey | null = null
  const rows = new Map<string, OpenedRow>()

  return {
    get unlocked() {
      return vaultKey !== null
    },
    rows,
    staffKeys: () => store.staffKeys(),
    async unlock(account, pin) {
      const keys = await store.staffKeys()
      if (keys.length === 0) return { ok: false, code: 'no-staff-on-device' }
      const staffKey = keys.find((candidate) => candidate.account === account)
      if (staffKey === undefined) return { ok: false, code: 'account-unknown' }
      const tried = await tryPin(attempts, staffKey, pin)
      if (!('key' in tried)) return tried
      vaultKey = tried.key
      return { ok: true, staffKey }
    },
    lock() {
      vaultKey = null
      rows.clear()
    },
    async refresh(onPortion) {
      const key = vaultKey
      if (key !== null) await openChanged({ store, rows, key, isOpen: () => vaultKey === key, onPortion })
    },
    async addNote(id, text) {
      const key = vaultKey
      if (key === null) return null
      const name = { kind: 'note', id, revision: 1 } as const
      const row: VaultRow = { ...name, ...(await sealJson(key, randomBytes(12), aadOf(name), Note.parse({ text }))) }
      await store.addNote(row)
      if (vaultKey === key) rows.set(vaultRowKey(row), { key: vaultRowKey(row), ...name, content: { text } })
      return row
    },
  }
}
