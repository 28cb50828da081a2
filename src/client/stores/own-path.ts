// Where a trainee stands on his road, read from his own card.
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { AssessmentPart, ScoreResult } from '#contract/kinds/lesson.ts'
import type { OwnState } from '#contract/vault.ts'
import type { CalendarDate } from '#contract/values.ts'
import { PASS_MARK_TENTHS } from '#domain/assessment/outcome.ts'
import { useHouseRules } from './house-rules.ts'
import { useKiosk } from './kiosk.ts'
import { useOwnCard } from './own-card.ts'

export type PathHeadline =
  | 'none'
  | 'waiting'
  | 'notEligible'
  | 'planned'
  | 'learning'
  | 'passed'
  | 'failed'
  | 'notAssessed'
export type PathStepName = 'wish' | 'eligible' | 'placed' | 'learning' | 'exam' | 'certificate'

/** One part of the assessment: its latest result and what that means. */
export interface PathPart {
  readonly part: AssessmentPart
  readonly result: ScoreResult | null
  readonly state: 'open' | 'word' | 'passed' | 'below'
}

export interface OwnPath {
  readonly headline: PathHeadline
  readonly steps: readonly {
    readonly step: PathStepName
    readonly state: 'done' | 'now' | 'ahead' | 'blocked'
    readonly picture: string
  }[]
  /** Class hours: attended, enough for the assessment, all of the class, and still missing until enough. */
  readonly hours: { readonly done: number; readonly enough: number; readonly all: number; readonly missing: number }
  readonly parts: readonly PathPart[]
  /** The certificate of the class he is in; null until there is one. */
  readonly certificate: OwnState['certificates'][number] | null
  /** Why he may not take part now, in the order of the notice, and from which day on he may. */
  readonly reasons: readonly string[]
  readonly eligibleFrom: CalendarDate | null
}

const PICTURES: Record<PathStepName, string> = {
  wish: 'flag',
  eligible: 'user-check',
  placed: 'users-three',
  learning: 'chalkboard-teacher',
  exam: 'exam',
  certificate: 'certificate',
}
const ORDER: readonly PathStepName[] = ['wish', 'eligible', 'placed', 'learning', 'exam', 'certificate']

function headlineOf({ trainingClass: place, eligibility }: OwnState, wishCount: number): PathHeadline {
  if (place?.outcome) return place.outcome
  if (place) return place.phase === 'planned' ? 'planned' : 'learning'
  if (!eligibility.eligible) return 'notEligible'
  return wishCount > 0 ? 'waiting' : 'none'
}

function stationOf({ trainingClass: place, eligibility }: OwnState, wishCount: number): PathStepName {
  if (place?.outcome === 'passed') return 'certificate'
  if (place?.outcome) return 'exam'
  if (place) return place.phase === 'planned' ? 'placed' : 'learning'
  if (wishCount === 0) return 'wish'
  return eligibility.eligible ? 'placed' : 'eligible'
}

function partOf(part: AssessmentPart, result: ScoreResult | null): PathPart {
  if (result === null) return { part, result, state: 'open' }
  if ('word' in result) return { part, result, state: 'word' }
  return { part, result, state: result.scoreTenths < PASS_MARK_TENTHS ? 'below' : 'passed' }
}

// Only that of this class: whoever learns a second skill has not reached the end of its road with the first one's certificate.
function certificateOf({ trainingClass: place, certificates }: OwnState): OwnPath['certificate'] {
  if (place?.outcome !== 'passed') return null
  return (
    certificates.find((one) => one.occupationId === place.occupationId && one.skillLevel === place.skillLevel) ?? null
  )
}

/** Reads the road off a card. `wishCount`: the wishes that are registered by now, which may be more than the card knew. */
export function ownPathOf(
  card: OwnState,
  wishCount: number,
  rules: Pick<HouseRules, 'classHourMinutes' | 'attendanceThresholdPercent'>,
): OwnPath {
  const { trainingClass: place, eligibility } = card
  const certificate = certificateOf(card)
  const station = ORDER.indexOf(stationOf(card, wishCount))
  const isBlocked = place === null && !eligibility.eligible
  const [attended, planned] = [place?.attendedMinutes ?? 0, place?.plannedMinutes ?? 0]
  const enough = (planned * rules.attendanceThresholdPercent) / 100
  return {
    headline: headlineOf(card, wishCount),
    steps: ORDER.map((step, index) => ({
      step,
      picture: PICTURES[step],
      state:
        isBlocked && step === 'eligible'
          ? 'blocked'
          : certificate !== null || index < station
            ? 'done'
            : index === station
              ? 'now'
              : 'ahead',
    })),
    hours: {
      done: Math.floor(attended / rules.classHourMinutes),
      enough: Math.ceil(enough / rules.classHourMinutes),
      all: Math.round(planned / rules.classHourMinutes),
      missing: Math.max(0, Math.ceil((enough - attended) / rules.classHourMinutes)),
    },
    parts: place === null ? [] : [partOf('theory', place.theory), partOf('practical', place.practical)],
    certificate,
    reasons: isBlocked ? eligibility.reasons : [],
    eligibleFrom: isBlocked ? eligibility.eligibleFrom : null,
  }
}

/** The road of the open card; null while none is open. */
export function useOwnPath(): ComputedRef<OwnPath | null> {
  const own = useOwnCard()
  const kiosk = useKiosk()
  const rules = useHouseRules()
  return computed(() => (own.card === null ? null : ownPathOf(own.card, kiosk.registered.length, rules.value)))
}
