// Training providers and rooms, as an administrator keeps them.
import { computed, reactive } from 'vue'
import type { ActBody } from '#contract/commands/acts.ts'
import type { CalendarDate, ProviderId, RoomId, SkillLevel } from '#contract/values.ts'
import type { ProviderState, RoomState } from '#domain/access/state.ts'
import { daysBetween } from '#domain/shared/calendar.ts'
import { useToday } from '#client/stores/clock.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { newId } from '#client/stores/new-id.ts'
import { fieldTroubles } from '#client/stores/settings-act.ts'

/** How long a qualification may run before the list points at it, in days. */
export const QUALIFICATION_NOTICE_DAYS = 60

/** One provider with the days its qualification still holds; negative once it is over. */
export interface ProviderRow {
  readonly provider: ProviderState
  readonly providerId: ProviderId
  readonly daysLeft: number
  readonly light: 'ok' | 'soon' | 'late'
}

export function useProviders() {
  const providers = useLiveFamily('provider')
  const today = useToday()
  return computed(() =>
    providers.value
      ?.flatMap(({ state }): ProviderRow[] => {
        if (state.providerId === null || state.qualificationValidUntil === null) return []
        const daysLeft = daysBetween(today.value, state.qualificationValidUntil)
        const light = daysLeft < 0 ? 'late' : daysLeft < QUALIFICATION_NOTICE_DAYS ? 'soon' : 'ok'
        return [{ provider: state, providerId: state.providerId, daysLeft, light }]
      })
      .sort((one, other) => one.daysLeft - other.daysLeft),
  )
}

/** A provider while its form is filled in; the code is its alone for ever and only set once. */
export function useProviderDraft(before: ProviderState | null) {
  const draft = reactive({
    code: before?.code ?? '',
    name: before?.name ?? '',
    qualification: before?.qualification ?? '',
    validUntil: before?.qualificationValidUntil ?? ('' as string),
    skillLevels: [...(before?.skillLevels ?? [5, 4])] as SkillLevel[],
  })
  const providerId = before?.providerId ?? (newId() as ProviderId)
  const change = computed(
    (): ActBody<'changeProvider'> => ({
      providerId,
      name: draft.name.trim(),
      qualification: draft.qualification.trim(),
      qualificationValidUntil: draft.validUntil as CalendarDate,
      skillLevels: [...draft.skillLevels].sort((one, other) => other - one),
    }),
  )
  const registration = computed(
    (): ActBody<'registerProvider'> => ({ ...change.value, code: draft.code.trim().toUpperCase() }),
  )
  const troubles = computed(() =>
    before === null
      ? fieldTroubles('registerProvider', registration.value)
      : fieldTroubles('changeProvider', change.value),
  )
  function toggleLevel(level: SkillLevel): void {
    draft.skillLevels = draft.skillLevels.includes(level)
      ? draft.skillLevels.filter((one) => one !== level)
      : [...draft.skillLevels, level]
  }
  return { draft, change, registration, troubles, toggleLevel }
}

export function useRooms() {
  const rooms = useLiveFamily('room')
  return computed(() =>
    rooms.value
      ?.flatMap(({ state }) => (state.roomId === null ? [] : [{ ...state, roomId: state.roomId }]))
      .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN')),
  )
}

/** A room while its form is filled in. */
export function useRoomDraft(before: RoomState | null) {
  const draft = reactive<{ name: string; seats: number | null }>({
    name: before?.name ?? '',
    seats: before?.seats ?? null,
  })
  const roomId = before?.roomId ?? (newId() as RoomId)
  const body = computed((): ActBody<'registerRoom'> => ({ roomId, name: draft.name.trim(), seats: draft.seats ?? 0 }))
  return { draft, body, troubles: computed(() => fieldTroubles('registerRoom', body.value)) }
}
