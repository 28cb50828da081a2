// What the facility is called and where it lies, as an administrator keeps it.
import { computed, reactive } from 'vue'
import { facilityStream } from '#contract/streams.ts'
import type { ActBody } from '#contract/commands/acts.ts'
import type { FacilityState } from '#domain/access/state.ts'
import { clientCore } from '#client/stores/container.ts'
import { useLiveState } from '#client/stores/live-state.ts'
import { fieldTroubles } from '#client/stores/settings-act.ts'

/** The facility as this device knows it; undefined while it is read. */
export function useFacility() {
  const core = clientCore()
  return {
    facility: useLiveState('facility', () => facilityStream),
    facilityId: computed(() => core.joined.value?.device.facilityId ?? ''),
  }
}

/** The facility's details while their form is filled in. */
export function useFacilityDraft(before: FacilityState) {
  const draft = reactive<{ name: string; cityCode: string | null }>({ name: before.name, cityCode: before.cityCode })
  const body = computed((): ActBody<'changeFacility'> => ({ name: draft.name.trim(), cityCode: draft.cityCode ?? '' }))
  return {
    draft,
    body,
    troubles: computed(() => fieldTroubles('changeFacility', body.value)),
    isSame: computed(() => body.value.name === before.name && body.value.cityCode === before.cityCode),
  }
}
