// Certificates: one kind made here, three recorded from outside. Names stay in the vault; here is only what proves. @clause 7
import { z } from 'zod'
import { Base64Url, CalendarDate, CertificateKind, ClassId, Hash, KeyId, ProviderId, TraineeId } from '../values.ts'

export const CertificateNumber = z.string().regex(/^[0-9A-Z-]{6,40}$/)

export const certificateKinds = {
  'certificate.issued.v1': z.strictObject({
    classId: ClassId,
    traineeId: TraineeId,
    number: CertificateNumber,
    providerId: ProviderId,
    keyId: KeyId,
    issuedOn: CalendarDate,
    contentHash: Hash,
    signature: Base64Url,
  }),
  'certificate.recorded.v1': z.strictObject({
    classId: ClassId,
    traineeId: TraineeId,
    certificateKind: CertificateKind.exclude(['training']),
    number: CertificateNumber,
    issuerName: z.string().min(1).max(60),
    issuedOn: CalendarDate,
  }),
  'certificate.voided.v1': z.strictObject({
    classId: ClassId,
    number: CertificateNumber,
    voidedOn: CalendarDate,
    reason: z.enum(['wrong-name', 'wrong-content', 'issued-by-mistake', 'damaged', 'other']),
  }),
} as const
