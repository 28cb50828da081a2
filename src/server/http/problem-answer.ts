// Every answer that is not 2xx: RFC 9457 with a code of the closed catalogue, and never a word of what went wrong inside.
import type { FastifyError, FastifyReply } from 'fastify'
import { PROBLEMS, type Problem, type ProblemCode } from '#contract/problem.ts'
import { problem, type ProblemDraft } from '#server/ledger/outcome.ts'
import { StoreFault } from '#server/storage/ledger-store.ts'

/** Makes the body of a problem. */
export function problemBody(draft: ProblemDraft): Problem {
  const { code, refusal, params, expectSeq } = draft
  return {
    type: `urn:xincheng:problem:${code}`,
    title: code.replaceAll('-', ' '),
    status: PROBLEMS[code],
    code,
    ...(refusal === undefined ? {} : { refusal }),
    ...(params === undefined ? {} : { params: { ...params } }),
    ...(expectSeq === undefined ? {} : { expectSeq }),
  }
}

/** Sends a problem. */
export function sendProblem(reply: FastifyReply, draft: ProblemDraft): FastifyReply {
  const body = problemBody(draft)
  // As text: the serializer of the route knows only its answer.
  return reply.code(body.status).type('application/problem+json').serializer(String).send(JSON.stringify(body))
}

function codeOf(error: FastifyError): ProblemCode | null {
  if (error instanceof StoreFault) return 'read-only'
  if (error.statusCode === 413) return 'too-large'
  if (error.statusCode === 429) return 'too-many-tries'
  // What Fastify itself refuses of a request: a broken URL, a wrong length, a shape that does not fit.
  if (
    error.validation !== undefined ||
    (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
  )
    return 'malformed'
  return null
}

function whereOf(error: FastifyError): { params?: Record<string, string> } {
  const [first] = error.validation ?? []
  return first === undefined || first.instancePath === '' ? {} : { params: { path: first.instancePath.slice(0, 100) } }
}

/** Turns what was thrown into a problem; `internal` for a bug, which `onBug` is told. */
export function problemOfError(error: FastifyError, onBug: (error: Error) => void): ProblemDraft {
  const code = codeOf(error)
  if (code === null || code === 'read-only') onBug(error)
  return problem(code ?? 'internal', code === 'malformed' ? whereOf(error) : {}).problem
}
