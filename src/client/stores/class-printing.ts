// What of a class cannot stand on a certificate: names of people, and names every certificate of the class carries.
import { computed } from 'vue'
import type { TraineeId } from '#contract/values.ts'
import { planIssue } from '#domain/certificate/issue.ts'
import type { UnprintableCharacter } from '#domain/certificate/printable.ts'
import type { ClassDetail } from '#client/stores/class-detail.ts'
import { usePeople } from '#client/stores/people.ts'
import { usePrintCoverage } from '#client/stores/print-coverage.ts'

/** Somebody whose certificate has to wait, with the first character that cannot be printed. */
export interface HeldPerson extends UnprintableCharacter {
  readonly traineeId: TraineeId
  readonly name: string
  readonly facilityNumber: string
}

/** A name that stands on every certificate of the class, with the first character that cannot be printed. */
export interface HeldPlace extends UnprintableCharacter {
  readonly place: 'issuerName' | 'occupationName'
  readonly name: string
}

export function useClassPrinting(detail: ClassDetail) {
  const people = usePeople()
  const coverage = usePrintCoverage()
  void coverage.load()
  const isTraining = computed(() => detail.plan.value?.certificateKind === 'training')
  /** Everybody in the class; once it has ended, who passed and holds no certificate. */
  const concerned = computed((): readonly TraineeId[] => {
    if (!isTraining.value) return []
    const waiting = planIssue(
      detail.state.value,
      detail.certificates.value,
      detail.assessment.value,
      detail.provider.value?.code ?? '',
    )
    return (detail.state.value.completion === null ? detail.members.value : waiting).map(({ traineeId }) => traineeId)
  })
  const held = computed(() =>
    concerned.value.flatMap((traineeId): HeldPerson[] => {
      const identity = people.traineeOf(traineeId)
      const first = identity && coverage.unprintable(identity.name)[0]
      return first ? [{ traineeId, name: identity.name, facilityNumber: identity.facilityNumber, ...first }] : []
    }),
  )
  const places = computed((): HeldPlace[] => {
    if (!isTraining.value) return []
    const names = [
      { place: 'issuerName', name: detail.provider.value?.name ?? '' },
      { place: 'occupationName', name: detail.occupation.value?.name.zh ?? '' },
    ] as const
    return names.flatMap((one) => {
      const first = coverage.unprintable(one.name)[0]
      return first ? [{ ...one, ...first }] : []
    })
  })
  return { held, places }
}
