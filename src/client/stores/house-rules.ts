// The house rules as this device knows them; defaults until the facility set its own.
import { computed, type ComputedRef } from 'vue'
import { facilityStream } from '#contract/streams.ts'
import type { HouseRules } from '#contract/kinds/facility.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { useLiveState } from '#client/stores/live-state.ts'

export function useHouseRules(): ComputedRef<HouseRules> {
  const facility = useLiveState('facility', () => facilityStream)
  return computed(() => (facility.value ?? emptyState('facility')).rules)
}
