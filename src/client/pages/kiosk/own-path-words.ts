// The road put into words: a headline, what comes next, what stands under each station.
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { OwnState } from '#contract/vault.ts'
import { useWords } from '#client/components/both-words.ts'
import type { RoadStep } from '#client/components/road-step.ts'
import { useDayWords } from '#client/pages/day-words.ts'
import { useKiosk } from '#client/stores/kiosk.ts'
import type { OwnPath, PathStepName } from '#client/stores/own-path.ts'

export interface OwnPathWords {
  readonly headline: string
  readonly hints: readonly string[]
  readonly steps: readonly RoadStep[]
  /** What is read aloud: headline, hints, hours, scores. */
  readonly spoken: readonly string[]
}

const KNOWN_REASONS = [
  'trainee/term-too-long',
  'trainee/term-over',
  'trainee/not-of-working-age',
  'trainee/not-work-capable',
]

/** Words for a card and its road, in the person's language. */
export function useOwnPathWords(
  card: () => OwnState | null,
  path: () => OwnPath | null,
): ComputedRef<OwnPathWords | null> {
  const { t } = useI18n({ useScope: 'global' })
  const days = useDayWords()
  const words = useWords()
  const kiosk = useKiosk()
  const dayOf = (day: string): string => days.day(day)

  function skillOf({ trainingClass }: OwnState): string {
    const occupation = trainingClass ? kiosk.itemOf(trainingClass.occupationId)?.occupation : undefined
    return occupation ? words(occupation.name) : t('kiosk.me.someSkill')
  }
  function reasonHints({ reasons, eligibleFrom }: OwnPath): string[] {
    const why = reasons.map((code) =>
      KNOWN_REASONS.includes(code) ? t(`kiosk.me.reasons.${code}`) : t(`refusals.${code}`),
    )
    return [
      ...why,
      eligibleFrom ? t('kiosk.me.eligibleFrom', { day: dayOf(eligibleFrom) }) : t('kiosk.me.askAboutFacts'),
    ]
  }
  function learningHints({ hours, parts }: OwnPath): string[] {
    if (parts.every(({ result }) => result !== null)) return [t('kiosk.me.scoredHint')]
    return [hours.missing > 0 ? t('kiosk.me.needHint', { hours: hours.missing }) : t('kiosk.me.learningHint')]
  }
  function failedHints({ parts }: OwnPath): string[] {
    const below = parts.filter(({ state }) => state === 'below').map(({ part }) => t(`records.part.${part}`))
    const part = below.length > 1 ? t('kiosk.me.and', { one: below[0] ?? '', other: below[1] ?? '' }) : (below[0] ?? '')
    return [...(part === '' ? [] : [t('kiosk.me.failedHint', { part })]), t('kiosk.me.askWhen')]
  }
  function hintsOf(of: OwnState, road: OwnPath): string[] {
    switch (road.headline) {
      case 'none':
        return [t('kiosk.me.noneHint')]
      case 'waiting':
        return [t('kiosk.me.waitingHint')]
      case 'notEligible':
        return reasonHints(road)
      case 'planned':
        return of.trainingClass ? [t('kiosk.me.plannedHint', { day: dayOf(of.trainingClass.startsOn) })] : []
      case 'learning':
        return learningHints(road)
      case 'passed':
        return [t(road.certificate ? 'kiosk.me.certificateHint' : 'kiosk.me.passedHint')]
      case 'failed':
        return failedHints(road)
      case 'notAssessed':
        return [t('kiosk.me.notAssessedHint')]
    }
  }
  function underStation(step: PathStepName, of: OwnState, road: OwnPath): string | undefined {
    const place = of.trainingClass
    if (step === 'wish')
      return kiosk.registered.length > 0 ? t('kiosk.me.wishCount', { count: kiosk.registered.length }) : undefined
    if (place === null) return undefined
    if (step === 'placed') return t('kiosk.me.class', { number: place.classNumber })
    if (step === 'learning')
      return road.headline === 'planned'
        ? t('kiosk.me.startsOn', { day: dayOf(place.startsOn) })
        : t('kiosk.me.hoursDone', { done: road.hours.done })
    if (step === 'exam') return road.headline === 'passed' ? t('kiosk.me.bothPassed') : undefined
    return step === 'certificate' && road.certificate
      ? t('kiosk.me.issued', { day: dayOf(road.certificate.issuedOn) })
      : undefined
  }
  function stepsOf(of: OwnState, road: OwnPath): RoadStep[] {
    return road.steps.map(({ step, state, picture }) => {
      const sub = underStation(step, of, road)
      const reason =
        state === 'blocked' && road.eligibleFrom ? t('kiosk.me.fromDay', { day: dayOf(road.eligibleFrom) }) : undefined
      return {
        label: t(`kiosk.me.steps.${step}`),
        state,
        picture,
        ...(sub === undefined ? {} : { sub }),
        ...(reason === undefined ? {} : { reason }),
      }
    })
  }
  return computed(() => {
    const [of, road] = [card(), path()]
    if (of === null || road === null) return null
    const headline = t(`kiosk.me.${road.headline}`, { name: skillOf(of) })
    const hints = hintsOf(of, road)
    const hours = of.trainingClass ? [t('kiosk.me.hoursLine', { done: road.hours.done, all: road.hours.all })] : []
    const scores = road.parts.flatMap(({ part, result }) =>
      result && 'scoreTenths' in result
        ? [
            `${t(`records.part.${part}`)}${t('common.comma')}${t('kiosk.me.points', { points: result.scoreTenths / 10 })}`,
          ]
        : [],
    )
    return { headline, hints, steps: stepsOf(of, road), spoken: [headline, ...hints, ...hours, ...scores] }
  })
}
