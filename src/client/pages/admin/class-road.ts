import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RoadStep } from '#client/components/road-step.ts'
import { useClassWords } from '#client/pages/admin/class-words.ts'
import type { ClassCompletionStore } from '#client/stores/class-completion.ts'

/** The seven stations of a class, with where it stands. The first station that is not done is where people are now. */
export function useClassRoad({
  detail,
  hours,
  items,
  figures,
  toIssue,
  isEnded,
}: ClassCompletionStore): ComputedRef<readonly RoadStep[]> {
  const { t } = useI18n({ useScope: 'global' })
  const words = useClassWords()
  return computed(() => {
    const { phase, openedOn, completion, seal } = detail.state.value
    const isDone = (name: string) => items.value.find(({ item }) => item === name)?.status === 'done'
    const certificates = items.value.find(({ item }) => item === 'certificates')
    const opened = openedOn !== null
    const held = opened && hours.value.lessons > 0 && hours.value.held === hours.value.lessons
    const waiting = toIssue.value.length
    const stations = [
      { key: 'planned', done: phase !== 'unknown', sub: t('office.road.lessons', { count: hours.value.lessons }) },
      { key: 'open', done: opened, sub: openedOn === null ? undefined : words.day(openedOn) },
      {
        key: 'lessons',
        done: held || isEnded.value,
        sub: t('office.road.held', { held: hours.value.held, all: hours.value.lessons }),
      },
      {
        key: 'assessment',
        done: isEnded.value || (held && isDone('scores')),
        sub: t('office.road.people', { count: figures.value.assessed }),
      },
      { key: 'check', done: isEnded.value, sub: completion === null ? undefined : words.day(completion.completedOn) },
      { key: 'seal', done: seal !== null, sub: seal === null ? undefined : t('office.road.sealed') },
      {
        key: 'certificates',
        done: seal !== null && certificates?.status === 'done',
        sub:
          waiting > 0 && seal !== null
            ? t('office.road.toIssue', { count: waiting })
            : t('office.road.issued', { count: certificates?.figures['issued'] ?? 0 }),
      },
    ]
    const now = stations.findIndex(({ done }) => !done)
    return stations.map(({ key, sub, done }, index) => ({
      label: t(`office.road.label.${key}`),
      sub,
      state: done ? ('done' as const) : index === now ? ('now' as const) : ('ahead' as const),
    }))
  })
}
