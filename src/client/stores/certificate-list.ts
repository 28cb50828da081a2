// All certificates of the facility, and one of them with everything that stands on it. Readable offline while the vault is open.
import { computed } from 'vue'
import type { ClassId } from '#contract/values.ts'
import { certificatesStream } from '#contract/streams.ts'
import type { CertificateRecord } from '#domain/certificate/state.ts'
import { type ClassSummary, useClassList } from '#client/stores/class-list.ts'
import { useLiveState } from '#client/stores/live-state.ts'
import { usePeople } from '#client/stores/people.ts'

/** One certificate with the class it belongs to. */
export interface CertificateRow {
  readonly record: CertificateRecord
  readonly of: ClassSummary
}

export function useCertificateList() {
  const list = useClassList()
  const rows = computed(() =>
    list.classes.value
      ?.flatMap((of): CertificateRow[] => (of.certificates?.certificates ?? []).map((record) => ({ record, of })))
      .sort((one, other) =>
        one.record.issuedOn < other.record.issuedOn
          ? 1
          : one.record.issuedOn > other.record.issuedOn
            ? -1
            : one.record.number < other.record.number
              ? -1
              : 1,
      ),
  )
  return { rows }
}

export function useCertificate(classId: () => ClassId, number: () => string) {
  const state = useLiveState('certificates', () => certificatesStream(classId()))
  const people = usePeople()
  const issued = computed(() => (state.value?.certificates ?? []).filter(({ serial }) => serial !== null))
  const place = computed(() => issued.value.findIndex((one) => one.number === number()))
  return {
    ready: computed(() => state.value !== undefined && people.ready),
    record: computed(() => issued.value[place.value] ?? null),
    place: computed(() => place.value + 1),
    count: computed(() => issued.value.length),
    previous: computed(() => issued.value[place.value - 1]?.number ?? null),
    next: computed(() => (place.value < 0 ? null : (issued.value[place.value + 1]?.number ?? null))),
    content: computed(() => people.certificates.get(number()) ?? null),
  }
}
