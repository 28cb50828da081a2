// The first-run set-up: whether it is open to this device, and founding the facility with its first administrator.
import { shallowRef, watch } from 'vue'
import { SetupRequest } from '#contract/device.ts'
import type { Problem } from '#contract/problem.ts'
import { clientCore } from './container.ts'
import { useOfficeCalls } from './office-calls.ts'

/** What a person types; `pinAgain` must be the same as `pin`. */
export interface SetUpDraft {
  facilityName: string
  facilityKind: SetupRequest['facilityKind'] | null
  cityCode: string | null
  account: string
  displayName: string
  pin: string
  pinAgain: string
}

export type SetUpField = keyof SetUpDraft
/** `open`: the form may be filled in. */
export type SetUpPhase = 'checking' | 'open' | 'done' | 'not-joined' | 'not-office' | 'offline'
export type SetUpResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly fields: readonly SetUpField[] }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly fault: 'offline' | 'timeout' }

const FIELDS: readonly SetUpField[] = [
  'facilityName',
  'facilityKind',
  'cityCode',
  'account',
  'displayName',
  'pin',
  'pinAgain',
]

function wrongFields(draft: SetUpDraft): readonly SetUpField[] {
  const parsed = SetupRequest.safeParse(requestOf(draft))
  const wrong = new Set(parsed.error?.issues.map((issue) => issue.path[0]) ?? [])
  if (draft.pin !== draft.pinAgain) wrong.add('pinAgain')
  return FIELDS.filter((field) => wrong.has(field))
}

function requestOf({ pinAgain: _pinAgain, ...draft }: SetUpDraft): unknown {
  return {
    ...draft,
    facilityName: draft.facilityName.trim(),
    account: draft.account.trim(),
    displayName: draft.displayName.trim(),
  }
}

/** Follows whether the set-up is open here. */
export function useSetUp() {
  const core = clientCore()
  const calls = useOfficeCalls()
  const phase = shallowRef<SetUpPhase>('checking')

  async function check(): Promise<void> {
    if (core.starting.value) return
    const device = core.joined.value?.device
    if (device === undefined) phase.value = 'not-joined'
    else {
      const health = await core.calls.health()
      if (!health.ok) phase.value = 'offline'
      else if (health.value.setUp) phase.value = 'done'
      else phase.value = device.purpose === 'office' ? 'open' : 'not-office'
    }
  }
  watch([core.joined, core.starting], () => void check(), { immediate: true })

  /** Founds the facility, or names the fields that are wrong. */
  async function submit(draft: SetUpDraft): Promise<SetUpResult> {
    const fields = wrongFields(draft)
    if (fields.length > 0) return { ok: false, fields }
    const answer = await calls.setUp(SetupRequest.parse(requestOf(draft)))
    if (!answer.ok) return answer
    phase.value = 'done'
    return { ok: true }
  }
  return { phase, check, submit }
}
