// The office's other calls to the server: imports, papers, devices, set-up. What they change is pulled before they answer.
import type { DevicePurpose, SetupRequest } from '#contract/device.ts'
import type { PaperName } from '#contract/paper.ts'
import type { ClassId, ImportId } from '#contract/values.ts'
import type { CallResult } from '#client/acts/server-calls.ts'
import { clientCore } from './container.ts'

/** The calls of the office. Each answers `{ ok, value }`, a problem, or a fault. */
export function useOfficeCalls() {
  const core = clientCore()
  async function checked<Value>(answer: Promise<CallResult<Value>>): Promise<CallResult<Value>> {
    const result = await answer
    if (!result.ok && 'problem' in result && result.problem.code === 'sign-in-needed') core.signInToken.value = null
    return result
  }
  async function thenPulled<Value>(answer: Promise<CallResult<Value>>): Promise<CallResult<Value>> {
    const result = await checked(answer)
    if (result.ok) await core.joined.value?.sync.syncNow()
    return result
  }
  return {
    importRoster: (file: File) => checked(core.calls.importRoster(file)),
    confirmImport: (importId: ImportId) => thenPulled(core.calls.confirmImport(importId)),
    importBatchFile: (file: File, onlyTry: boolean) =>
      onlyTry ? checked(core.calls.importBatchFile(file, true)) : thenPulled(core.calls.importBatchFile(file, false)),
    listImports: () => checked(core.calls.listImports()),
    downloadPaper: (classId: ClassId, paper: PaperName) => checked(core.calls.downloadPaper(classId, paper)),
    downloadRosterTemplate: () => checked(core.calls.downloadRosterTemplate()),
    listDevices: () => checked(core.calls.listDevices()),
    makeJoinCode: (purpose: DevicePurpose) => checked(core.calls.makeJoinCode(purpose)),
    setUp: (request: SetupRequest) => thenPulled(core.calls.setUp(request)),
  }
}
