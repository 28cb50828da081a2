// Who works on this tablet. Signing in opens the vault with the PIN, also without the server; acts need the sign-in at the server besides.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import { staffStream } from '#contract/streams.ts'
import type { StaffKey } from '#contract/vault.ts'
import type { ActorId, StaffId } from '#contract/values.ts'
import type { UnlockAnswer } from '#client/vault/vault.ts'
import { clientCore } from './container.ts'
import { createIdleWatch } from './idle-watch.ts'
import { useLiveState } from './live-state.ts'
import { useOpenedRows } from './opened-rows.ts'

/** What a page hears of a sign-in. */
export type SignInResult =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly code: 'wrong-pin' | 'account-unknown' | 'account-locked' | 'no-staff-on-device' | 'server-says-no'
      readonly triesLeft?: number
    }

/** What opening the sign-in at the server answers; the code is a problem's or a fault's. */
export type ServerSignInResult = { readonly ok: true } | { readonly ok: false; readonly code: string }

const IDLE_SECONDS = 120
const SERVER_PATIENCE_MS = 1500
const SERVER_SAYS_NO: readonly string[] = ['wrong-pin', 'account-disabled', 'not-allowed']

const patience = (ms: number): Promise<'waited'> => new Promise((resolve) => setTimeout(() => resolve('waited'), ms))

type Account = Pick<StaffKey, 'account' | 'staffRole'> & { readonly staffId: StaffId }

function useAccounts() {
  const core = clientCore()
  const accounts = ref<Account[]>([])
  async function load(): Promise<void> {
    const keys = (await core.joined.value?.vault.staffKeys()) ?? []
    accounts.value = keys
      .map(({ account, staffRole, staffId }) => ({ account, staffRole, staffId: staffId as StaffId }))
      .sort((a, b) => a.account.localeCompare(b.account))
  }
  watch([core.joined, core.privateRevision], () => void load(), { immediate: true })
  return accounts
}

// A PIN that was reset at the office reaches this tablet with the next sync, so a no is asked once more with fresh keys.
async function unlock(account: string, pin: string): Promise<UnlockAnswer> {
  const joined = clientCore().joined.value
  if (joined === null) return { ok: false, code: 'no-staff-on-device' }
  const revisionOf = async () => (await joined.vault.staffKeys()).find((key) => key.account === account)?.revision
  const before = await revisionOf()
  const answer = await joined.vault.unlock(account, pin)
  if (answer.ok || !joined.sync.status.online) return answer
  await joined.sync.syncNow()
  return (await revisionOf()) === before ? answer : joined.vault.unlock(account, pin)
}

interface Person {
  readonly key: ShallowRef<StaffKey | null>
  readonly lock: () => void
}

function useStaff(key: Person['key']) {
  const opened = useOpenedRows()
  const state = useLiveState('staff', () => (key.value === null ? null : staffStream(key.value.staffId as StaffId)))
  return computed(() => {
    if (key.value === null) return null
    const { account, staffRole: role } = key.value
    const staffId = key.value.staffId as StaffId & ActorId
    return {
      staffId,
      account,
      role,
      providerId: state.value?.providerId ?? null,
      displayName: opened.row('staff', staffId)?.displayName ?? account,
    }
  })
}

function useServerSignIn({ key, lock }: Person) {
  const core = clientCore()
  /** Opens the sign-in at the server, which acts need. */
  async function openAtServer(pin: string): Promise<ServerSignInResult> {
    const mine = key.value
    if (mine === null) return { ok: false, code: 'account-unknown' }
    const answer = await core.calls.openSignIn(mine.account, pin)
    if (key.value !== mine) return { ok: false, code: 'account-unknown' }
    if (!answer.ok) return { ok: false, code: 'problem' in answer ? answer.problem.code : answer.fault }
    core.signInToken.value = answer.value.token
    return { ok: true }
  }
  // The server knows of a reset or disabled account before this tablet does; its no closes the vault again, however late it comes.
  async function askServer(pin: string): Promise<'yes' | 'no'> {
    const mine = key.value
    const answer = await openAtServer(pin)
    if (answer.ok || key.value !== mine || !SERVER_SAYS_NO.includes(answer.code)) return 'yes'
    lock()
    return 'no'
  }
  return { openAtServer, askServer, atServer: computed(() => core.signInToken.value !== null) }
}

/** The account somebody works with in another window of this browser, or null. Each window has its own sign-in. */
function useElsewhere(key: Person['key']) {
  const { signInChannel: channel } = clientCore()
  const elsewhere = ref<string | null>(null)
  const tell = (account: string | null) => channel.post({ kind: 'signed-in', account })
  channel.listen((message) => {
    if (message.kind === 'signed-in-please' && key.value !== null) tell(key.value.account)
    if (message.kind !== 'signed-in') return
    elsewhere.value = message.account
    // One has left; a third window may still be in.
    if (message.account === null) channel.post({ kind: 'signed-in-please' })
  })
  watch(key, (now) => tell(now?.account ?? null))
  channel.post({ kind: 'signed-in-please' })
  return elsewhere
}

export const useSignIn = defineStore('sign-in', () => {
  const core = clientCore()
  const opened = useOpenedRows()
  const key = shallowRef<StaffKey | null>(null)
  const idle = createIdleWatch(IDLE_SECONDS, core.clock, () => lock())
  const { openAtServer, askServer, atServer } = useServerSignIn({ key, lock })

  /** Drops the key, the opened rows and the sign-in at the server. What was recorded stays. */
  function lock(): void {
    idle.stop()
    opened.close()
    core.signInToken.value = null
    core.staffActor.value = null
    key.value = null
  }
  function enter(staffKey: StaffKey): void {
    key.value = staffKey
    core.cardActor.value = null
    core.staffActor.value = { actorId: staffKey.staffId as StaffId & ActorId, role: staffKey.staffRole }
    idle.start()
    void opened.refresh()
  }
  async function signIn(account: string, pin: string): Promise<SignInResult> {
    lock()
    const answer = await unlock(account, pin)
    if (!answer.ok) return answer
    enter(answer.staffKey)
    const said = await Promise.race([askServer(pin), patience(SERVER_PATIENCE_MS)])
    return said === 'no' ? { ok: false, code: 'server-says-no' } : { ok: true }
  }
  watch(core.joined, lock)
  return {
    staff: useStaff(key),
    unlocked: computed(() => key.value !== null),
    atServer,
    accounts: useAccounts(),
    elsewhere: useElsewhere(key),
    signIn,
    openAtServer,
    lock,
    /** Seconds until the idle lock, during its last ten; else null. `stay` begins the count anew. */
    lockInSeconds: idle.secondsLeft,
    stay: idle.stay,
  }
})
