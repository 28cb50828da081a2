// What one trainee may see of himself, composed from folded states. Pure: the same states give the same card.
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import type { OwnState } from '#contract/vault.ts'
import { latestAttempt } from '#domain/assessment/outcome.ts'
import type { HeldSession } from '#domain/attendance/hours.ts'
import { attendedMinutes, taughtMinutes } from '#domain/attendance/hours.ts'
import { isActiveMember, memberOf } from '#domain/enrollment/roster.ts'
import type { StreamStates } from '#domain/stream-states.ts'
import { judgeEligibility } from '#domain/trainee/eligibility.ts'
import { currentOutcomeOf } from '#domain/training-class/outcomes.ts'

/** A class as a card needs it. */
export interface CardClass {
  readonly classState: StreamStates['class']
  readonly roster: StreamStates['roster']
  readonly sessions: readonly HeldSession[]
  readonly assessment: StreamStates['assessment']
  readonly certificates: StreamStates['certificates']
  /** By certificate number, the provider's name as the certificate made here says it. */
  readonly issuerNames: ReadonlyMap<string, string>
}

/** Everything a card is composed from; `classes` are all classes he is or was in. */
export interface CardSource {
  readonly traineeId: TraineeId
  readonly displayName: string
  readonly today: CalendarDate
  readonly rules: HouseRules
  readonly trainee: StreamStates['trainee']
  readonly wishes: StreamStates['wishes']
  readonly classes: readonly CardClass[]
}

/** Composes the card's content as of `today`. A card is only resealed when something else than its day has changed. */
export function composeOwnState(source: CardSource): OwnState {
  const { traineeId, today, rules, trainee } = source
  const eligibility =
    trainee.facts === null
      ? { eligible: false, reasons: [], eligibleFrom: null }
      : judgeEligibility(trainee.facts, today, rules)
  return {
    traineeId,
    displayName: source.displayName,
    asOf: today,
    // Who is eligible already has no day to wait for; naming today here would reseal every card every day.
    eligibility: {
      eligible: eligibility.eligible,
      reasons: [...eligibility.reasons],
      eligibleFrom: eligibility.eligible ? null : eligibility.eligibleFrom,
    },
    wishes: [...source.wishes.wishes],
    trainingClass: ownClass(source),
    certificates: source.classes.flatMap((one) => ownCertificates(one, source.traineeId)),
  }
}

/** The class he is in now: of those he has not left, the one that starts last. */
function ownClass(source: CardSource): OwnState['trainingClass'] {
  const current = source.classes
    .filter(({ roster }) => isActiveMember(roster, source.traineeId))
    .sort((a, b) => ((a.classState.plan?.startsOn ?? '') < (b.classState.plan?.startsOn ?? '') ? -1 : 1))
    .at(-1)
  if (current === undefined) return null
  const { classState, roster, sessions, assessment } = current
  const { plan, phase } = classState
  if (plan === null || phase === 'unknown') return null
  return {
    classId: plan.classId,
    classNumber: plan.classNumber,
    occupationId: plan.occupationId,
    skillLevel: plan.skillLevel,
    phase,
    startsOn: plan.startsOn,
    endsOn: plan.endsOn,
    attendedMinutes: attendedMinutes(source.traineeId, sessions, memberOf(roster, source.traineeId)?.enrolledOn),
    taughtMinutes: taughtMinutes(sessions),
    plannedMinutes: sessions.reduce((sum, session) => sum + (session.plan.cancelled ? 0 : session.plan.minutes), 0),
    theory: latestAttempt(assessment, source.traineeId, 'theory')?.result ?? null,
    practical: latestAttempt(assessment, source.traineeId, 'practical')?.result ?? null,
    outcome: currentOutcomeOf(classState, source.traineeId)?.outcome ?? null,
  }
}

function ownCertificates(one: CardClass, traineeId: TraineeId): OwnState['certificates'] {
  const plan = one.classState.plan
  if (plan === null) return []
  return one.certificates.certificates
    .filter((certificate) => certificate.traineeId === traineeId && certificate.voided === null)
    .map((certificate) => ({
      certificateKind: certificate.certificateKind,
      number: certificate.number,
      issuerName: certificate.issuerName ?? one.issuerNames.get(certificate.number) ?? '',
      issuedOn: certificate.issuedOn,
      occupationId: plan.occupationId,
      skillLevel: plan.skillLevel,
    }))
}
