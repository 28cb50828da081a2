// The root certificate a tablet must trust before https works: handed to anybody, for it is no secret.
import { TrustAnswer } from '#contract/device.ts'
import { CalendarDate } from '#contract/values.ts'
import { problem } from '#server/ledger/outcome.ts'
import type { App } from '../app.ts'
import { sendFile } from '../file-answer.ts'
import { sendProblem } from '../problem-answer.ts'

const DAY_CHARACTERS = 10

/** Registers `GET /api/trust` and `GET /api/trust/root.crt`. */
export function registerTrust({ fastify, reach }: App): void {
  const schema = { summary: 'The root certificate tablets must trust for https', response: { 200: TrustAnswer } }
  fastify.get('/api/trust', { schema }, async (): Promise<TrustAnswer> => {
    const { root, httpsPort } = reach
    if (root === null) return { root: null, httpsPort }
    const { name, sha256, validToMs } = root
    const endsOn = CalendarDate.parse(new Date(validToMs).toISOString().slice(0, DAY_CHARACTERS))
    return { root: { name, sha256, endsOn }, httpsPort }
  })
  fastify.get('/api/trust/root.crt', { schema: { summary: 'The root certificate, DER' } }, (request, reply) => {
    if (reach.root === null) return sendProblem(reply, problem('not-found').problem)
    const file = { bytes: reach.root.der, contentType: 'application/x-x509-ca-cert', fileName: 'root.crt' }
    return sendFile(request, reply, file)
  })
}
