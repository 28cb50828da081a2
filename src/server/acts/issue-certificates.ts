// Issuing the training certificates of a sealed class: of everybody whose name can be printed. Numbers follow one another without a gap.
import { canonicalText, hashText } from '#contract/canonical.ts'
import type { ActBody } from '#contract/commands/acts.ts'
import type { CertificateClaim } from '#contract/paper.ts'
import type { CertificateContent } from '#contract/vault.ts'
import type { ProviderState } from '#domain/access/state.ts'
import { draftIssued } from '#domain/certificate/issue.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import type { Outcome, ProblemOutcome } from '#server/ledger/outcome.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import type { ActPerformer, Actor, ActWritten, ServerContext } from '#server/ledger/server-context.ts'
import { trainingLevelLabels } from '#server/reports/labels.ts'
import type { MissingGlyph, PrintedField } from '#server/reports/paper/missing-glyphs.ts'
import { findMissingGlyphs, findMissingInCertificates } from '#server/reports/paper/missing-glyphs.ts'
import type { LedgerTransaction } from '#server/storage/ledger-store.ts'
import { writeVaultRow } from '#server/vault/vault-rows.ts'
import type { IssuePlan, UnsignedContent } from './certificate-contents.ts'
import { paperOf, planCertificates } from './certificate-contents.ts'
import { signClaim, verifyClaim } from './certificate-signing.ts'
import type { ProviderKey } from './provider-keys.ts'
import { makeProviderKey, openProviderKey } from './provider-keys.ts'
import { writtenBy } from './written.ts'

/** Plans, holds back whose name cannot be printed, signs, and writes the entries and the sealed contents. @rule CRT-7 */
export const issueCertificates: ActPerformer<'issueCertificates'> = {
  async prepare() {
    // Reads the typeface once, outside the transaction.
    await findMissingGlyphs('')
  },
  async perform({ body, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'issueCertificates', body)
    if (!decided.ok) return decided
    const found = await planPrintable(tx, context, body)
    if (!found.ok) return found
    const { plan, heldBack } = found.value
    const { key, drafts } = await signingKey(tx, context, plan.provider)
    for (const unsigned of plan.contents) {
      const { content, signature } = signContent(unsigned, key)
      const written = await writeVaultRow(tx, context, { kind: 'certificate', id: content.number, content }, 0)
      // A number that exists already would break the one thing a number is for.
      if (written === null)
        return problem('refused', { refusal: 'certificate/number-taken', params: { number: content.number } })
      drafts.push(draftOf(content, signature, key, plan.provider, { classId: body.classId, actor, context }))
    }
    return done({ ...writtenBy(await appendAsServer(tx, context, actor, drafts)), heldBack })
  },
}

type HeldBack = NonNullable<ActWritten['heldBack']>

/** What stands on a certificate because of its holder; everything else is the same on each certificate of the class. */
const fieldsOfHolder: ReadonlySet<PrintedField> = new Set(['holderName', 'idNumber'])

/**
 * The certificates that can be made now, and who has to wait with the first character that cannot be printed; never a name.
 * Problems: refused with trainee/unknown; glyph-missing when the character stands on all of them (`field` says where) or nobody is left.
 */
async function planPrintable(
  tx: LedgerTransaction,
  context: ServerContext,
  { classId, issuedOn }: ActBody<'issueCertificates'>,
): Promise<Outcome<{ readonly plan: IssuePlan; readonly heldBack: HeldBack }>> {
  const all = await planCertificates(tx, context, classId, issuedOn)
  if (all === null) return problem('refused', { refusal: 'trainee/unknown' })
  const missing = await findMissingInCertificates(all.contents.map((content) => paperOf(content, '')))
  const shared = missing.find(({ field }) => !fieldsOfHolder.has(field))
  if (shared !== undefined) return refuseGlyph(shared, missing.length)
  const heldBack: HeldBack = all.contents.flatMap(({ traineeId }, place) => {
    const first = missing.find(({ index }) => index === place)
    return first === undefined ? [] : [{ traineeId, character: first.character, codePoint: first.codePoint }]
  })
  if (heldBack.length === 0) return done({ plan: all, heldBack })
  if (heldBack.length === all.contents.length && missing[0] !== undefined)
    return refuseGlyph(missing[0], heldBack.length)
  const waiting = new Set(heldBack.map(({ traineeId }) => traineeId))
  const plan = await planCertificates(tx, context, classId, issuedOn, waiting)
  return plan === null ? problem('refused', { refusal: 'trainee/unknown' }) : done({ plan, heldBack })
}

/** Says no: the character, its code point, the field it stands in and the certificate's place in the list, never the name. */
function refuseGlyph({ index, number, field, character, codePoint }: MissingGlyph, count: number): ProblemOutcome {
  return problem('glyph-missing', { params: { index: index + 1, number, field, character, codePoint, count } })
}

/** The provider's last key; a new one, with its entry, where this server cannot open it. */
async function signingKey(
  tx: LedgerTransaction,
  context: ServerContext,
  provider: ProviderState,
): Promise<{ readonly key: ProviderKey; readonly drafts: EntryDraft[] }> {
  const keyId = provider.keys.at(-1)?.keyId
  const known = keyId === undefined ? null : await openProviderKey(tx, context, keyId)
  if (known !== null) return { key: known, drafts: [] }
  if (provider.providerId === null) throw new Error('a provider that does not exist cannot sign')
  const keyMade = await makeProviderKey(tx, context, provider.providerId)
  if (keyMade.kind !== 'provider.key-made.v1') throw new Error('making a key answers its entry')
  const made = await openProviderKey(tx, context, keyMade.body.keyId)
  if (made === null) throw new Error('a key just made opens')
  return { key: made, drafts: [keyMade] }
}

function signContent(
  content: UnsignedContent,
  key: ProviderKey,
): { readonly content: CertificateContent; readonly signature: string } {
  const claim: CertificateClaim = {
    v: 1,
    kid: key.keyId,
    no: content.number,
    name: content.holderName,
    project: content.occupationName,
    level: trainingLevelLabels[content.skillLevel],
    from: content.startedOn,
    to: content.completedOn,
    hours: content.classHours,
    issuer: content.issuerName,
    on: content.issuedOn,
  }
  const { qrText, signature } = signClaim(claim, key)
  // What is signed is read back before anybody relies on it.
  if (verifyClaim(qrText, key.publicKey) === null)
    throw new Error(`the signature of certificate ${content.number} does not hold`)
  return { content: { ...content, qrText }, signature }
}

function draftOf(
  content: CertificateContent,
  signature: string,
  key: ProviderKey,
  provider: ProviderState,
  asked: {
    readonly classId: Parameters<typeof draftIssued>[0]['classId']
    readonly actor: Actor
    readonly context: ServerContext
  },
): EntryDraft {
  if (provider.providerId === null) throw new Error('a provider that does not exist cannot issue')
  const { number, traineeId, issuedOn } = content
  const contentHash = hashText(canonicalText(content))
  const body = {
    classId: asked.classId,
    traineeId,
    number,
    providerId: provider.providerId,
    keyId: key.keyId,
    issuedOn,
    contentHash,
    signature,
  }
  return draftIssued(body, { ...asked.actor, today: asked.context.clock.today() })
}
