// Certificates of one class as folded from `class/<id>/certificates`.
import type { CalendarDate, CertificateKind, ProviderId, TraineeId } from '#contract/values.ts'

/** `serial` counts training certificates of this class from 1 in order of issue; null for recorded ones. */
export interface CertificateRecord {
  readonly traineeId: TraineeId
  readonly certificateKind: CertificateKind
  readonly number: string
  readonly serial: number | null
  readonly issuedOn: CalendarDate
  readonly issuerName: string | null
  readonly providerId: ProviderId | null
  readonly voided: { readonly on: CalendarDate; readonly reason: string } | null
}

export interface CertificatesState {
  readonly certificates: readonly CertificateRecord[]
  readonly lastSerial: number
}
