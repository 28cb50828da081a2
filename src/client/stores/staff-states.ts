// Everybody who works here as the ledger has them; nobody while they are being read.
import { computed, type ComputedRef } from 'vue'
import type { StaffState } from '#domain/access/state.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'

export function useStaffStates(): ComputedRef<readonly StaffState[]> {
  const staff = useLiveFamily('staff')
  return computed(() => (staff.value ?? []).map(({ state }) => state))
}
