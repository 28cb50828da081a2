// The one shape of a request: who signed it, who is signed in, what it says (Zod), one transaction, and the answer after the commit.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { SIGNING_HEADERS } from '#contract/device.ts'
import { Problem } from '#contract/problem.ts'
import type { Role } from '#contract/values.ts'
import { checkCallSignature } from '#server/devices/call-signature.ts'
import { findSignIn, type OpenSignIn } from '#server/devices/sign-ins.ts'
import type { KnownDevice } from '#server/ledger/collections.ts'
import { commitOutcome } from '#server/ledger/commit-outcome.ts'
import { done, type Outcome, problem } from '#server/ledger/outcome.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import type { App } from './app.ts'
import { type FileAnswer, sendFile } from './file-answer.ts'
import { sendProblem } from './problem-answer.ts'

/** Nobody, a known device, or a person with one of the roles signed in on a known device. */
export type Needs = 'nothing' | 'device' | { readonly role: readonly Role[] }

/** What a route's work is given. `device` and `signIn` are there as the endpoint needs them; asking for more is a bug. */
export interface Call<Body, Query, Params> {
  readonly context: ServerContext
  readonly device: KnownDevice
  readonly signIn: OpenSignIn
  readonly body: Body
  readonly query: Query
  readonly params: Params
  readonly request: FastifyRequest
}

type Inferred<Schema> = Schema extends z.ZodType ? z.infer<Schema> : Schema extends 'bytes' ? Buffer : undefined

/** A route. `prepare` does what is slow, before the transaction; `run` is the transaction, or the view of a route that only reads. */
export interface EndpointSpec<Body, Query, Params, Answer, Prepared, View> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly summary: string
  readonly needs: Needs
  readonly body?: Body
  readonly query?: Query
  readonly params?: Params
  readonly answer: Answer
  readonly bodyLimit?: number
  readonly callsPerMinute?: number
  prepare?(call: Call<Inferred<Body>, Inferred<Query>, Inferred<Params>>): Promise<Outcome<Prepared>>
  run(
    call: Call<Inferred<Body>, Inferred<Query>, Inferred<Params>>,
    view: View,
    prepared: Prepared,
  ): Promise<Outcome<Answer extends z.ZodType ? z.infer<Answer> : FileAnswer>>
}

type AnySchema = z.ZodType | undefined

interface Caller {
  readonly device?: KnownDevice
  readonly signIn?: OpenSignIn
}

/** Says who calls, as far as the route needs it. Problems: those of the call's signature, sign-in-needed, not-allowed. */
export async function identify(app: App, request: FastifyRequest, needs: Needs): Promise<Outcome<Caller>> {
  if (needs === 'nothing') return done({})
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const { method, headers } = request
  const signed = await checkCallSignature(app.context, {
    method,
    headers,
    body,
    pathAndQuery: request.raw.url ?? '',
  })
  if (!signed.ok) return signed
  const device = signed.value
  app.lastSeen.set(device.deviceId, app.context.clock.now())
  if (needs === 'device') return done({ device })
  const token = headers[SIGNING_HEADERS.signIn]
  if (typeof token !== 'string') return problem('sign-in-needed')
  const signIn = await app.context.store.read(app.context.facilityId, (view) =>
    findSignIn(view, app.context, device, token),
  )
  if (signIn === null) return problem('sign-in-needed')
  return needs.role.includes(signIn.role) ? done({ device, signIn }) : problem('not-allowed')
}

function parseJson(request: FastifyRequest): boolean {
  try {
    request.body = JSON.parse(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '')
    return true
  } catch {
    return false
  }
}

/** For the API document; an answer that is a file has no shape to tell. */
function responseSchemas(answer: z.ZodType | 'file') {
  return answer === 'file' ? { '4xx': Problem } : { 200: answer, '4xx': Problem }
}

function callOf<Body, Query, Params>(app: App, request: FastifyRequest, caller: Caller): Call<Body, Query, Params> {
  const required = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error(`${request.routeOptions.url} asks for a caller it does not need`)
    return value
  }
  return {
    context: app.context,
    get device() {
      return required(caller.device)
    },
    get signIn() {
      return required(caller.signIn)
    },
    // The schemas of the route have parsed these three before its work begins.
    body: request.body as Body,
    query: request.query as Query,
    params: request.params as Params,
    request,
  }
}

/** Registers a route that may write: its work is one transaction. */
export function endpoint<
  Body extends AnySchema | 'bytes' = undefined,
  Query extends AnySchema = undefined,
  Params extends AnySchema = undefined,
  Answer extends z.ZodType | 'file' = z.ZodType,
  Prepared = undefined,
>(app: App, spec: EndpointSpec<Body, Query, Params, Answer, Prepared, LedgerTransaction>): void {
  register(app, spec, (work) => commitOutcome(app.context, work))
}

/** Registers a route that only reads: it works on one view, waits for no writer where the store can do without, and needs no room on the disk. */
export function readEndpoint<
  Body extends AnySchema | 'bytes' = undefined,
  Query extends AnySchema = undefined,
  Params extends AnySchema = undefined,
  Answer extends z.ZodType | 'file' = z.ZodType,
  Prepared = undefined,
>(app: App, spec: EndpointSpec<Body, Query, Params, Answer, Prepared, LedgerReader>): void {
  register(app, spec, (work) => app.context.store.read(app.context.facilityId, work))
}

function register<
  Body extends AnySchema | 'bytes',
  Query extends AnySchema,
  Params extends AnySchema,
  Answer extends z.ZodType | 'file',
  Prepared,
  View,
>(
  app: App,
  spec: EndpointSpec<Body, Query, Params, Answer, Prepared, View>,
  within: <Value>(work: (view: View) => Promise<Outcome<Value>>) => Promise<Outcome<Value>>,
): void {
  const callers = new WeakMap<FastifyRequest, Caller>()
  const isJson = spec.body !== undefined && spec.body !== 'bytes'
  const { callsPerMinute: max } = spec
  app.fastify.route({
    method: spec.method,
    url: spec.path,
    ...(spec.bodyLimit === undefined ? {} : { bodyLimit: spec.bodyLimit }),
    config: max === undefined ? {} : { rateLimit: { max, timeWindow: '1 minute' } },
    schema: {
      summary: spec.summary,
      ...(isJson ? { body: spec.body } : {}),
      ...(spec.query === undefined ? {} : { querystring: spec.query }),
      ...(spec.params === undefined ? {} : { params: spec.params }),
      response: responseSchemas(spec.answer),
    },
    async preValidation(request, reply) {
      const caller = await identify(app, request, spec.needs)
      if (!caller.ok) return sendProblem(reply, caller.problem)
      callers.set(request, caller.value)
      if (isJson && !parseJson(request)) return sendProblem(reply, problem('malformed').problem)
    },
    async handler(request, reply) {
      const call = callOf<Inferred<Body>, Inferred<Query>, Inferred<Params>>(app, request, callers.get(request) ?? {})
      const prepared = spec.prepare === undefined ? done(undefined as Prepared) : await spec.prepare(call)
      if (!prepared.ok) return sendProblem(reply, prepared.problem)
      const outcome = await within((view) => spec.run(call, view, prepared.value))
      return outcome.ok ? answer(request, reply, spec.answer, outcome.value) : sendProblem(reply, outcome.problem)
    },
  })
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  schema: z.ZodType | 'file',
  value: unknown,
): FastifyReply | Promise<FastifyReply> {
  return schema === 'file' ? sendFile(request, reply, value as FileAnswer) : reply.send(value)
}
