// Fold of one class's certificates. A voided one stays, and its number is never free again.
import type { RecordedEntry } from '#contract/envelope.ts'
import { kindedEntry } from '../shared/kinded-entry.ts'
import type { CertificateRecord, CertificatesState } from './state.ts'

export const emptyCertificates: CertificatesState = { certificates: [], lastSerial: 0 }

/** Folds one entry of `class/<id>/certificates`. */
export function foldCertificates(state: CertificatesState, recorded: RecordedEntry): CertificatesState {
  const entry = kindedEntry(recorded)
  switch (entry.kind) {
    case 'certificate.issued.v1': {
      const { traineeId, number, providerId, issuedOn } = entry.body
      const serial = state.lastSerial + 1
      const issued: CertificateRecord = {
        traineeId,
        certificateKind: 'training',
        number,
        serial,
        issuedOn,
        issuerName: null,
        providerId,
        voided: null,
      }
      return { certificates: [...state.certificates, issued], lastSerial: serial }
    }
    case 'certificate.recorded.v1': {
      const { traineeId, certificateKind, number, issuedOn, issuerName } = entry.body
      const noted: CertificateRecord = {
        traineeId,
        certificateKind,
        number,
        serial: null,
        issuedOn,
        issuerName,
        providerId: null,
        voided: null,
      }
      return { ...state, certificates: [...state.certificates, noted] }
    }
    case 'certificate.voided.v1': {
      const { number, voidedOn, reason } = entry.body
      return {
        ...state,
        certificates: state.certificates.map((one) =>
          one.number === number && one.voided === null ? { ...one, voided: { on: voidedOn, reason } } : one,
        ),
      }
    }
    default:
      return state
  }
}
