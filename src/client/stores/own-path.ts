// Where a trainee stands on his road, read from his own card.
import { computed, type ComputedRef } from 'vue'
import type { AssessmentPart, ScoreResult } from '#contract/kinds/lesson.ts'
import type { OwnState } from '#contract/vault.ts'
import type { CalendarDate } from '#contract/values.ts'
import { PASS_MARK_TENTHS } from '#domain/assessment/outcome.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { useOwnCard } from '#client/stores/own-card.ts'

export type PathHeadline = 'none' | 'waiting' | 'notEligible' | 'planned' | 'learning' | 'passed' | 'failed' | 'notAssessed'
export type PathStepName = 'wish' | 'eligible' | 'placed' | 'learning' | 'exam' | 'certificate'

export interface OwnPath {
  readonly headline: PathHeadline
  readonly steps: readonly { readonly step: PathStepName; readonly state: 'done' | 'now' | 'ahead' | 'blocked'; readonly picture: string; readonly on: CalendarDate | null }[]
  readonly hoursDone: number
  readonly hoursAll: number
  readonly hoursMissing: number
  readonly startsOn: CalendarDate | null
  readonly failedPart: AssessmentPart | null
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

function headlineOf(card: OwnState, wishCount: number): PathHeadline {
  const place = card.trainingClass
  if (place?.outcome) return place.outcome
  if (place) return place.phase === 'planned' ? 'planned' : 'learning'
  if (!card.eligibility.eligible) return 'notEligible'
  return wishCount > 0 ? 'waiting' : 'none'
}

function stationOf(card: OwnState, wishCount: number): PathStepName {
  const place = card.trainingClass
  if (card.certificates.length > 0 || place?.outcome === 'passed') return 'certificate'
  if (place?.outcome) return 'exam'
  if (place) return place.phase === 'planned' ? 'placed' : 'learning'
  if (wishCount === 0) return 'wish'
  return card.eligibility.eligible ? 'placed' : 'eligible'
}

function isBelow(result: ScoreResult | null): boolean {
  return result !== null && 'scoreTenths' in result && result.scoreTenths < PASS_MARK_TENTHS
}

function pathOf(card: OwnState, wishCount: number, rules: { classHourMinutes: number; attendanceThresholdPercent: number }): OwnPath {
  const place = card.trainingClass
  const station = ORDER.indexOf(stationOf(card, wishCount))
  const blocked = !place && !card.eligibility.eligible
  const needed = ((place?.plannedMinutes ?? 0) * rules.attendanceThresholdPercent) / 100
  return {
    headline: headlineOf(card, wishCount),
    steps: ORDER.map((step, index) => ({
      step,
      picture: PICTURES[step],
      state: card.certificates.length > 0 || index < station ? 'done' : index > station ? 'ahead' : blocked && step === 'eligible' ? 'blocked' : 'now',
      on: step === 'learning' ? (place?.startsOn ?? null) : null,
    })),
    hoursDone: Math.floor((place?.attendedMinutes ?? 0) / rules.classHourMinutes),
    hoursAll: Math.round((place?.plannedMinutes ?? 0) / rules.classHourMinutes),
    hoursMissing: Math.max(0, Math.ceil((needed - (place?.attendedMinutes ?? 0)) / rules.classHourMinutes)),
    startsOn: place?.startsOn ?? null,
    failedPart: isBelow(place?.theory ?? null) ? 'theory' : isBelow(place?.practical ?? null) ? 'practical' : null,
  }
}

export function useOwnPath(): ComputedRef<OwnPath> {
  const own = useOwnCard()
  const rules = useHouseRules()
  return computed(() => {
    const empty = { headline: 'none', steps: [], hoursDone: 0, hoursAll: 0, hoursMissing: 0, startsOn: null, failedPart: null } as const
    return own.card ? pathOf(own.card, own.wishes.length, rules.value) : empty
  })
}
