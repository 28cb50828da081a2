// Certificates of one class: who passed, who holds what, and what may still be done.
import { computed } from 'vue'
import type { CertificateKind, TraineeId } from '#contract/values.ts'
import type { CertificateRecord } from '#domain/certificate/state.ts'
import { planIssue } from '#domain/certificate/issue.ts'
import { useClassCompletion } from '#client/stores/class-completion.ts'
import { useClassPrinting } from '#client/stores/class-printing.ts'

/** One person who passed, with the certificate that counts and those that were voided. */
export interface HolderRow {
  readonly traineeId: TraineeId
  readonly standing: CertificateRecord | undefined
  readonly voided: readonly CertificateRecord[]
}

export function useClassCertificates() {
  const completion = useClassCompletion()
  const { detail } = completion
  const passed = computed(() =>
    completion.isEnded.value ? completion.outcomes.value.filter(({ outcome }) => outcome === 'passed') : [],
  )
  const rows = computed(() =>
    passed.value.map(({ traineeId }): HolderRow => {
      const own = detail.certificates.value.certificates.filter((one) => one.traineeId === traineeId)
      return {
        traineeId,
        standing: own.find(({ voided }) => voided === null),
        voided: own.filter(({ voided }) => voided !== null),
      }
    }),
  )
  const kind = computed<CertificateKind | null>(() => detail.plan.value?.certificateKind ?? null)
  const printing = useClassPrinting(detail)
  /** Certificates that would be made now: numbers close up over those whose names cannot be printed. */
  const toIssue = computed(() => {
    if (kind.value !== 'training') return []
    const waiting = new Set(printing.held.value.map(({ traineeId }) => traineeId))
    return planIssue(
      detail.state.value,
      detail.certificates.value,
      detail.assessment.value,
      detail.provider.value?.code ?? '',
      waiting,
    )
  })
  const numbers = computed(() => {
    const first = toIssue.value[0]?.number
    const last = toIssue.value.at(-1)?.number
    return first === undefined || last === undefined ? null : { first, last, count: toIssue.value.length }
  })
  return {
    completion,
    detail,
    rows,
    kind,
    printing,
    toIssue,
    numbers,
    heldCount: computed(() => rows.value.filter(({ standing }) => standing !== undefined).length),
  }
}
export type ClassCertificatesStore = ReturnType<typeof useClassCertificates>
