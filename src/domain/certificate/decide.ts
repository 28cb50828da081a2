// Deciders of certificates.
import type { ActBody } from '#contract/commands/acts.ts'
import type { StreamId } from '#contract/envelope.ts'
import type { ClassId } from '#contract/values.ts'
import type { ProviderState } from '../access/state.ts'
import { mayBeCertified } from '../assessment/outcome.ts'
import type { AssessmentState } from '../assessment/state.ts'
import type { Decider, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import { currentOutcomeOf } from '../training-class/outcomes.ts'
import type { ClassState } from '../training-class/state.ts'
import { planIssue } from './issue.ts'
import { refuseOutsideNumber } from './numbers.ts'
import type { CertificatesState } from './state.ts'

interface Reads {
  provider: ProviderState
  class: ClassState
  certificates: CertificatesState
  assessment: AssessmentState
}

const streamsOf = ({ classId }: { readonly classId: ClassId }): readonly StreamId[] => [
  `class/${classId}`,
  `class/${classId}/certificates`,
  `class/${classId}/assessment`,
]

function isNumberTaken(number: string, read: StateReader<Reads>): boolean {
  return read.all('certificates').some(({ state }) => state.certificates.some((one) => one.number === number))
}

/**
 * Whether certificates may be issued. It writes nothing itself: the server plans with `planIssue`, signs, and drafts with `draftIssued`.
 * Refuses: class/unknown, certificate/class-not-sealed, certificate/route-is-outside, access/provider-unknown, class/dates-reversed (issued
 * before the class was completed), certificate/none-to-issue. @clause 7 @rule CRT-2
 */
export const issueCertificates: Decider<ActBody<'issueCertificates'>, Reads> = {
  needs(body, read) {
    const { plan } = read.state('class', `class/${body.classId}`)
    return [...streamsOf(body), ...(plan === null ? [] : [`provider/${plan.providerId}`])]
  },
  decide({ classId, issuedOn }, read) {
    const classState = read.state('class', `class/${classId}`)
    const { plan, phase, completion } = classState
    if (plan === null) return refused('class/unknown')
    if (phase !== 'sealed') return refused('certificate/class-not-sealed')
    if (plan.certificateKind !== 'training') return refused('certificate/route-is-outside')
    const provider = read.state('provider', `provider/${plan.providerId}`)
    if (provider.providerId === null) return refused('access/provider-unknown')
    if (completion !== null && issuedOn < completion.completedOn)
      return refused('class/dates-reversed', { on: completion.completedOn })
    const certificates = read.state('certificates', `class/${classId}/certificates`)
    const assessment = read.state('assessment', `class/${classId}/assessment`)
    const planned = planIssue(classState, certificates, assessment, provider.code)
    return planned.length === 0 ? refused('certificate/none-to-issue') : accepted([])
  },
}

/**
 * Records a certificate an outside body made for somebody who passed.
 * Refuses: class/unknown, certificate/class-not-sealed (not even completed), certificate/route-is-training, certificate/not-passed,
 * certificate/score-in-dispute (or settled below the pass mark since), certificate/issuer-missing, certificate/number-taken and those of the number. @clause 7 @rule CRT-4
 */
export const recordCertificate: Decider<ActBody<'recordCertificate'>, Reads> = {
  families: ['certificates'],
  needs: streamsOf,
  decide(body, read, context) {
    const classState = read.state('class', `class/${body.classId}`)
    const { plan, phase } = classState
    if (plan === null) return refused('class/unknown')
    if (phase !== 'completed' && phase !== 'sealed') return refused('certificate/class-not-sealed')
    if (plan.certificateKind === 'training') return refused('certificate/route-is-training')
    if (currentOutcomeOf(classState, body.traineeId)?.outcome !== 'passed') return refused('certificate/not-passed')
    if (!mayBeCertified(read.state('assessment', `class/${body.classId}/assessment`), body.traineeId))
      return refused('certificate/score-in-dispute')
    if (body.issuerName.trim() === '') return refused('certificate/issuer-missing')
    const wrong = refuseOutsideNumber({ ...body, skillLevel: plan.skillLevel })
    if (wrong !== null) return refused(wrong, { number: body.number, skillLevel: plan.skillLevel })
    if (isNumberTaken(body.number, read)) return refused('certificate/number-taken', { number: body.number })
    return accepted([draftEntry('certificate.recorded.v1', `class/${body.classId}/certificates`, body, context)])
  },
}

/** Voids a certificate; its number is never used again. Refuses: class/unknown, certificate/unknown, certificate/voided-before. @rule CRT-6 */
export const voidCertificate: Decider<ActBody<'voidCertificate'>, Reads> = {
  needs: streamsOf,
  decide(body, read, context) {
    if (read.state('class', `class/${body.classId}`).plan === null) return refused('class/unknown')
    const stream = `class/${body.classId}/certificates`
    const found = read.state('certificates', stream).certificates.find(({ number }) => number === body.number)
    if (found === undefined) return refused('certificate/unknown', { number: body.number })
    if (found.voided !== null) return refused('certificate/voided-before', { number: body.number })
    return accepted([draftEntry('certificate.voided.v1', stream, body, context)])
  },
}
