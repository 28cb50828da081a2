// The registry of rules: one decider for each thing a person may record or ask for. A command without a decider does not compile.
import type { ActBody, ActName } from '#contract/commands/acts.ts'
import type { TestimonyCommand, TestimonyName } from '#contract/commands/testimony.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { StreamFamily } from '#contract/streams.ts'
import type { TestimonyKind } from '#contract/kind-registry.ts'
import {
  changeFacility,
  changeProvider,
  changeRoom,
  foundFacility,
  registerProvider,
  registerRoom,
  setHouseRules,
} from './access/decide-facility.ts'
import { acceptDeviceLoss, confirmDeviceKey, liftQuarantine, overrideStorage } from './access/decide-device.ts'
import { appointStaff, disableStaff, enableStaff, renameStaff, resetPin } from './access/decide-staff.ts'
import { mayAct, mayRecord } from './access/permissions.ts'
import { admitToAssessment, recordScore, settleScore } from './assessment/decide.ts'
import { confirmHeadCount, logLesson, makeUpSession } from './attendance/decide-lesson.ts'
import { markAttendance, settleAttendance } from './attendance/decide-mark.ts'
import { publishSyllabus } from './catalogue/decide.ts'
import { issueCertificates, recordCertificate, voidCertificate } from './certificate/decide.ts'
import { completeClass, sealClass, supplementClass } from './completion/decide.ts'
import { openClass } from './enrollment/decide-opening.ts'
import { enrollTrainees, withdrawTrainee } from './enrollment/decide-roster.ts'
import { registerWishes } from './enrollment/decide-wishes.ts'
import { undoImport } from './enrollment/undo-import.ts'
import type { Decider, DecisionContext, EntryDraft, StateReader } from './shared/decider.ts'
import { refused } from './shared/refusal.ts'
import type { Result } from './shared/result.ts'
import type { StreamStates } from './stream-states.ts'
import { admitTrainees, changeTraineeFacts, makeTraineeCodes, recordDeparture } from './trainee/decide.ts'
import { correctIdentity } from './trainee/decide-identity.ts'
import { planClass } from './training-class/decide-plan.ts'
import { changeSession } from './training-class/decide-session.ts'

/** Everything a person may record or ask for. */
export type CommandName = TestimonyName | ActName

/** The body of a command. */
export type CommandBody<N extends CommandName> = N extends ActName
  ? ActBody<N>
  : N extends TestimonyName
    ? Extract<TestimonyCommand, { name: N }>['body']
    : never

/** The kind of entry each testimony becomes. */
export const testimonyKinds: { readonly [N in TestimonyName]: TestimonyKind } = {
  registerWishes: 'enrollment.wishes-registered.v2',
  markAttendance: 'attendance.marked.v1',
  confirmHeadCount: 'attendance.head-counted.v1',
  logLesson: 'attendance.lesson-logged.v1',
  makeUpSession: 'attendance.made-up.v1',
  recordScore: 'assessment.scored.v1',
  admitToAssessment: 'assessment.admitted.v1',
  overrideStorage: 'device.storage-overridden.v1',
}

/** Name to rule. Call them through `decideCommand`, which asks for the right first. */
export const deciders: { readonly [N in CommandName]: Decider<CommandBody<N>, StreamStates> } = {
  registerWishes,
  markAttendance,
  confirmHeadCount,
  logLesson,
  makeUpSession,
  recordScore,
  admitToAssessment,
  overrideStorage,
  foundFacility,
  changeFacility,
  setHouseRules,
  appointStaff,
  renameStaff,
  resetPin,
  disableStaff,
  enableStaff,
  registerProvider,
  changeProvider,
  registerRoom,
  changeRoom,
  publishSyllabus,
  admitTrainees,
  undoImport,
  changeTraineeFacts,
  correctIdentity,
  recordDeparture,
  makeTraineeCodes,
  planClass,
  changeSession,
  openClass,
  enrollTrainees,
  withdrawTrainee,
  completeClass,
  sealClass,
  supplementClass,
  issueCertificates,
  recordCertificate,
  voidCertificate,
  settleAttendance,
  settleScore,
  confirmDeviceKey,
  liftQuarantine,
  acceptDeviceLoss,
}

function isTestimonyName(name: CommandName): name is TestimonyName {
  return Object.hasOwn(testimonyKinds, name)
}

/** Whether the role may give this command at all. @rule ACC-1 */
export function mayCommand(name: CommandName, context: Pick<DecisionContext, 'role'>): boolean {
  return isTestimonyName(name) ? mayRecord(context.role, testimonyKinds[name]) : mayAct(context.role, name)
}

/** Whether the command must wait until the facility is founded: every act but the founding, unless the server itself acts. @rule ACC-2 */
function waitsForFounding(name: CommandName, context: DecisionContext): boolean {
  return !isTestimonyName(name) && name !== 'foundFacility' && context.role !== 'system'
}

/**
 * Decides a command: drafts of entries to write, or the law's no. Pure; `read` must hold what `gatherNeeds` and `familiesOf` name.
 * Refuses: access/not-allowed, access/facility-not-founded and those of the rule. @rule LED-6
 */
export function decideCommand<N extends CommandName>(
  name: N,
  body: CommandBody<N>,
  read: StateReader<StreamStates>,
  context: DecisionContext,
): Result<readonly EntryDraft[]> {
  if (!mayCommand(name, context)) return refused('access/not-allowed')
  if (waitsForFounding(name, context) && !read.state('facility', 'facility').founded)
    return refused('access/facility-not-founded')
  const decider: Decider<CommandBody<N>, StreamStates> = deciders[name]
  return decider.decide(body, read, context)
}

/** The families a command needs whole; only acts have any. */
export function familiesOf(name: CommandName): readonly StreamFamily[] {
  return deciders[name].families ?? []
}

/**
 * The streams a command needs that are not loaded yet, each once. Load them and ask again until none is left: needs may follow references.
 * `read` answers the empty state for a stream that is not loaded. @rule LED-6
 */
export function gatherNeeds<N extends CommandName>(
  name: N,
  body: CommandBody<N>,
  read: StateReader<StreamStates>,
  loaded: ReadonlySet<StreamId>,
): readonly StreamId[] {
  const decider: Decider<CommandBody<N>, StreamStates> = deciders[name]
  const facility: readonly StreamId[] = isTestimonyName(name) ? [] : ['facility']
  return [...new Set([...facility, ...decider.needs(body, read)])].filter((stream) => !loaded.has(stream))
}
