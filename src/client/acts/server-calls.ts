// What is asked of the server one call at a time: acts, sign-in, imports, papers, devices, set-up, health. Each call answers a value, a problem or a fault.
import { z } from 'zod'
import { BatchFileReport } from '#contract/batch-import.ts'
import { ActAnswer } from '#contract/commands/acts.ts'
import type { ActBody, ActName } from '#contract/commands/acts.ts'
import { DeviceList, Health, JoinCodeAnswer, SignInAnswer, TrustAnswer } from '#contract/device.ts'
import type { DevicePurpose, SetupRequest } from '#contract/device.ts'
import { PrintCoverage } from '#contract/paper.ts'
import type { PaperName } from '#contract/paper.ts'
import type { Problem } from '#contract/problem.ts'
import { RosterConfirmation, RosterImports, RosterReport } from '#contract/roster-import.ts'
import type { ClassId, CommandId, ImportId } from '#contract/values.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import type { Answer, Call, Transport } from '#client/sync/transport.ts'

/** The answer of one call as pages read it. */
export type CallResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly fault: 'offline' | 'timeout' }

/** A printed paper: the file and the name to save it under. */
export interface PaperFile {
  readonly blob: Blob
  readonly fileName: string
}

const SLOW_MS = 120_000

async function settle<Value>(answer: Promise<Answer<Value>>): Promise<CallResult<Value>> {
  try {
    return await answer
  } catch (thrown) {
    const fault = faultCodeOf(thrown)
    if (fault === null) throw thrown
    return { ok: false, fault: fault === 'timeout' ? 'timeout' : 'offline' }
  }
}

/** The calls, signed by this device; `signIn` gives the token of the open sign-in, or null. */
export function createServerCalls(transport: Transport, signIn: () => string | null) {
  const json = <Schema extends z.ZodType>(call: Call, schema: Schema) =>
    settle(transport.json({ ...call, signIn: signIn() }, schema))
  const bytesOf = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await file.arrayBuffer())
  async function act<N extends ActName>(
    commandId: CommandId,
    name: N,
    body: ActBody<N>,
  ): Promise<CallResult<ActAnswer>> {
    const call: Call = { method: 'POST', path: '/api/acts', json: { commandId, name, body }, timeoutMs: SLOW_MS }
    const first = await json(call, ActAnswer)
    // The answer may have been lost after the act was done: the same commandId asks for that same act, never for a second one.
    return !first.ok && 'fault' in first ? json(call, ActAnswer) : first
  }
  async function file(path: string, nameless: string): Promise<CallResult<PaperFile>> {
    const answer = await settle(transport.file({ method: 'GET', path, signIn: signIn(), timeoutMs: SLOW_MS }))
    if (!answer.ok) return answer
    return { ok: true, value: { blob: answer.value.blob, fileName: answer.value.fileName ?? nameless } }
  }
  async function importRoster(file: File): Promise<CallResult<RosterReport>> {
    const bytes = { data: await bytesOf(file), contentType: 'application/octet-stream' }
    return json(
      {
        method: 'POST',
        path: `/api/roster-imports?fileName=${encodeURIComponent(file.name)}`,
        bytes,
        timeoutMs: SLOW_MS,
      },
      RosterReport,
    )
  }
  async function importBatchFile(file: File, onlyTry: boolean): Promise<CallResult<BatchFileReport>> {
    const bytes = { data: await bytesOf(file), contentType: 'application/octet-stream' }
    const path = `/api/batch-files${onlyTry ? '?try=1' : ''}`
    return json({ method: 'POST', path, bytes, timeoutMs: SLOW_MS }, BatchFileReport)
  }
  return {
    act,
    importBatchFile,
    downloadPaper: (classId: ClassId, paper: PaperName) =>
      file(`/api/classes/${classId}/papers/${paper}`, `${paper}.${paper === 'certificates' ? 'pdf' : 'xlsx'}`),
    downloadRosterTemplate: () => file('/api/roster-template', 'roster.xlsx'),
    printCoverage: () => json({ method: 'GET', path: '/api/print-coverage', timeoutMs: 8000 }, PrintCoverage),
    importRoster,
    health: () => settle(transport.json({ method: 'GET', path: '/api/health', timeoutMs: 8000 }, Health)),
    trust: () => settle(transport.json({ method: 'GET', path: '/api/trust', timeoutMs: 8000 }, TrustAnswer)),
    openSignIn: (account: string, pin: string) =>
      json({ method: 'POST', path: '/api/sign-in', json: { account, pin } }, SignInAnswer),
    confirmImport: (importId: ImportId) =>
      json({ method: 'POST', path: `/api/roster-imports/${importId}/confirm`, timeoutMs: SLOW_MS }, RosterConfirmation),
    listImports: () => json({ method: 'GET', path: '/api/roster-imports' }, RosterImports),
    listDevices: () => json({ method: 'GET', path: '/api/devices' }, DeviceList),
    makeJoinCode: (purpose: DevicePurpose) =>
      json({ method: 'POST', path: '/api/join-codes', json: { purpose } }, JoinCodeAnswer),
    setUp: (request: SetupRequest) =>
      json({ method: 'POST', path: '/api/setup', json: request, timeoutMs: SLOW_MS }, z.unknown()),
  }
}
export type ServerCalls = ReturnType<typeof createServerCalls>
