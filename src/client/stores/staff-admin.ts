// The people who work here, as an administrator keeps them.
import { computed, reactive } from 'vue'
import type { ActBody } from '#contract/commands/acts.ts'
import type { CalendarDate, ProviderId, StaffId } from '#contract/values.ts'
import { isTrivialPin } from '#domain/access/trivial-pins.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { newId } from '#client/stores/new-id.ts'
import { usePeople } from '#client/stores/people.ts'
import { fieldTroubles } from '#client/stores/settings-act.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

export type StaffRole = 'administrator' | 'officer' | 'instructor'

/** One member of the staff. */
export interface StaffRow {
  readonly staffId: StaffId
  readonly account: string
  readonly displayName: string
  readonly role: StaffRole
  readonly providerName: string
  readonly enabled: boolean
  readonly pinSetOn: CalendarDate | null
  readonly isMyself: boolean
}

/** What is wrong with a PIN typed twice; null when it may be set. */
export type PinTrouble = 'short' | 'simple' | 'differs'

export function pinTrouble(pin: string, again: string): PinTrouble | null {
  if (!/^\d{6}$/.test(pin)) return 'short'
  if (isTrivialPin(pin)) return 'simple'
  return pin === again ? null : 'differs'
}

export function useStaffList() {
  const staff = useLiveFamily('staff')
  const providers = useLiveFamily('provider')
  const people = usePeople()
  const signIn = useSignIn()
  const providerNames = computed(
    () =>
      new Map(
        (providers.value ?? []).flatMap(({ state }) =>
          state.providerId ? [[state.providerId, state.name] as const] : [],
        ),
      ),
  )
  const order: Record<StaffRole, number> = { administrator: 0, officer: 1, instructor: 2 }
  const rows = computed(() =>
    staff.value
      ?.flatMap(({ state }): StaffRow[] => {
        const { staffId, staffRole, providerId } = state
        if (staffId === null || staffRole === null) return []
        return [
          {
            staffId,
            role: staffRole,
            account: state.account,
            displayName: people.staffName(staffId),
            providerName: providerId === null ? '' : (providerNames.value.get(providerId) ?? ''),
            enabled: state.enabled,
            pinSetOn: state.pinSetOn,
            isMyself: signIn.staff?.staffId === staffId,
          },
        ]
      })
      .sort(
        (one, other) =>
          Number(other.enabled) - Number(one.enabled) ||
          order[one.role] - order[other.role] ||
          one.account.localeCompare(other.account),
      ),
  )
  return {
    rows,
    providers: computed(() => [...providerNames.value].map(([providerId, name]) => ({ providerId, name }))),
  }
}

/** A new member while the form is filled in. An instructor works for a provider, everybody else for the facility. */
export function useStaffDraft() {
  const draft = reactive<{
    account: string
    displayName: string
    role: StaffRole
    providerId: ProviderId | null
    pin: string
    again: string
  }>({
    account: '',
    displayName: '',
    role: 'instructor',
    providerId: null,
    pin: '',
    again: '',
  })
  const staffId = newId() as StaffId
  const body = computed(
    (): ActBody<'appointStaff'> => ({
      staffId,
      account: draft.account.trim(),
      displayName: draft.displayName.trim(),
      staffRole: draft.role,
      providerId: draft.role === 'instructor' ? draft.providerId : null,
      pin: draft.pin,
    }),
  )
  const troubles = computed((): ReadonlySet<string> => {
    const found = new Set(fieldTroubles('appointStaff', body.value))
    if (draft.role === 'instructor' && draft.providerId === null) found.add('providerId')
    return found
  })
  return { draft, body, troubles, pinTrouble: computed(() => pinTrouble(draft.pin, draft.again)) }
}
