// Who may record what and who may do what: one table, read by the gate on both sides. @rule ACC-1
import type { ActName } from '#contract/commands/acts.ts'
import type { TestimonyKind } from '#contract/kind-registry.ts'
import type { Role } from '#contract/values.ts'

type Roles = readonly Role[]

const ADMINISTRATION: Roles = ['administrator', 'system']
const OFFICE: Roles = ['administrator', 'officer', 'system']
const CLASSROOM: Roles = ['administrator', 'officer', 'instructor', 'system']
const TEACHING: Roles = ['administrator', 'instructor', 'system']

const testimony: { readonly [K in TestimonyKind]: Roles } = {
  'enrollment.wishes-registered.v1': ['administrator', 'officer', 'trainee', 'system'],
  'enrollment.wishes-registered.v2': ['administrator', 'officer', 'trainee', 'system'],
  'attendance.marked.v1': CLASSROOM,
  'attendance.head-counted.v1': CLASSROOM,
  'attendance.lesson-logged.v1': TEACHING,
  'attendance.made-up.v1': CLASSROOM,
  'assessment.scored.v1': TEACHING,
  'assessment.admitted.v1': CLASSROOM,
  'device.storage-overridden.v1': ADMINISTRATION,
}

const acts: { readonly [N in ActName]: Roles } = {
  foundFacility: ADMINISTRATION,
  changeFacility: ADMINISTRATION,
  setHouseRules: ADMINISTRATION,
  appointStaff: ADMINISTRATION,
  renameStaff: ADMINISTRATION,
  resetPin: ADMINISTRATION,
  disableStaff: ADMINISTRATION,
  enableStaff: ADMINISTRATION,
  registerProvider: ADMINISTRATION,
  changeProvider: ADMINISTRATION,
  registerRoom: ADMINISTRATION,
  changeRoom: ADMINISTRATION,
  publishSyllabus: ADMINISTRATION,
  admitTrainees: OFFICE,
  undoImport: OFFICE,
  changeTraineeFacts: OFFICE,
  correctIdentity: ADMINISTRATION,
  recordDeparture: OFFICE,
  makeTraineeCodes: OFFICE,
  planClass: ADMINISTRATION,
  changeSession: OFFICE,
  openClass: ADMINISTRATION,
  enrollTrainees: OFFICE,
  withdrawTrainee: OFFICE,
  completeClass: ADMINISTRATION,
  sealClass: ADMINISTRATION,
  supplementClass: ADMINISTRATION,
  issueCertificates: ADMINISTRATION,
  recordCertificate: OFFICE,
  voidCertificate: ADMINISTRATION,
  settleAttendance: OFFICE,
  settleScore: ADMINISTRATION,
  confirmDeviceKey: ADMINISTRATION,
  liftQuarantine: ADMINISTRATION,
  acceptDeviceLoss: ADMINISTRATION,
}

/** Whether a role may record a kind of testimony. Of whom and in which class is for the deciders. @rule ACC-1 */
export function mayRecord(role: Role, kind: TestimonyKind): boolean {
  return testimony[kind].includes(role)
}

/** Whether a role may ask for an act. @rule ACC-1 */
export function mayAct(role: Role, act: ActName): boolean {
  return acts[act].includes(role)
}
