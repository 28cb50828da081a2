// The acts that are more than decide and append.
import { correctIdentity } from '#server/exchange/roster-import/correct-identity.ts'
import { undoImport } from '#server/exchange/roster-import/undo-import.ts'
import type { ActPerformers } from '#server/ledger/server-context.ts'
import { makeTraineeCodes } from './code-acts.ts'
import { completeClass } from './completion-acts.ts'
import { liftQuarantine } from './device-acts.ts'
import { issueCertificates } from './issue-certificates.ts'
import { registerProvider } from './provider-acts.ts'
import { appointStaff, disableStaff, renameStaff, resetPin } from './staff-acts.ts'
import { admitTrainees } from './trainee-acts.ts'

/** One performer for each act with a secret, an identity, a signature or words of its own. */
export const actPerformers: ActPerformers = {
  appointStaff,
  renameStaff,
  resetPin,
  disableStaff,
  registerProvider,
  makeTraineeCodes,
  admitTrainees,
  correctIdentity,
  undoImport,
  completeClass,
  issueCertificates,
  liftQuarantine,
}
