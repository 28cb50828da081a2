// The state each stream family folds to, by family name.
import type { DeviceState, FacilityState, ProviderState, RoomState, StaffState } from './access/state.ts'
import type { AssessmentState } from './assessment/state.ts'
import type { SessionState } from './attendance/state.ts'
import type { CatalogueState } from './catalogue/state.ts'
import type { CertificatesState } from './certificate/state.ts'
import type { RosterState } from './enrollment/state.ts'
import type { TraineeState, WishesState } from './trainee/state.ts'
import type { ClassState } from './training-class/state.ts'

/** Family to state. */
export interface StreamStates {
  facility: FacilityState
  catalogue: CatalogueState
  provider: ProviderState
  room: RoomState
  staff: StaffState
  device: DeviceState
  trainee: TraineeState
  wishes: WishesState
  class: ClassState
  roster: RosterState
  session: SessionState
  assessment: AssessmentState
  certificates: CertificatesState
}
