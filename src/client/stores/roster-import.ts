// A roster file on its way in: chosen, tried out, confirmed or not. Names of the preview go when the screen is locked; the findings stay.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { RosterConfirmation, RosterImports, RosterReport } from '#contract/roster-import.ts'
import type { ImportId } from '#contract/values.ts'
import { useOfficeCalls } from '#client/stores/office-calls.ts'
import { type OfficeNo, useOfficeDesk } from '#client/stores/office-desk.ts'
import { saveFile } from '#client/stores/save-file.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

export type ImportStep = 'file' | 'report' | 'done'
export type PastImport = RosterImports['imports'][number]

/** The list of earlier imports, and taking one back. */
function usePastImports() {
  const desk = useOfficeDesk()
  const calls = useOfficeCalls()
  const imports = shallowRef<readonly PastImport[] | undefined>()
  const no = shallowRef<OfficeNo | null>(null)
  const undoing = ref<ImportId | null>(null)
  async function load(): Promise<void> {
    const answer = await desk.call(() => calls.listImports())
    no.value = answer.ok ? null : answer.no
    if (answer.ok) imports.value = answer.value.imports
  }
  async function undo(importId: ImportId): Promise<boolean> {
    undoing.value = importId
    const answer = await desk.perform('undoImport', { importId })
    undoing.value = null
    no.value = answer.ok ? null : answer.no
    if (answer.ok) await load()
    return answer.ok
  }
  return { imports, pastNo: no, undoing, load, undo }
}

export const useRosterImport = defineStore('roster-import', () => {
  const desk = useOfficeDesk()
  const calls = useOfficeCalls()
  const signIn = useSignIn()
  const past = usePastImports()
  const file = shallowRef<File | null>(null)
  const report = shallowRef<RosterReport | null>(null)
  const confirmation = shallowRef<RosterConfirmation | null>(null)
  const no = shallowRef<OfficeNo | null>(null)
  const busy = ref(false)

  const step = computed<ImportStep>(() =>
    confirmation.value !== null ? 'done' : report.value !== null ? 'report' : 'file',
  )
  const toWrite = computed(() => (report.value === null ? 0 : report.value.newCount + report.value.changedCount))

  function startOver(): void {
    file.value = null
    report.value = null
    confirmation.value = null
    no.value = null
  }
  async function downloadTemplate(): Promise<void> {
    const answer = await desk.call(() => calls.downloadRosterTemplate())
    no.value = answer.ok ? null : answer.no
    if (answer.ok) saveFile(answer.value.blob, answer.value.fileName)
  }
  function choose(chosen: File): void {
    startOver()
    file.value = chosen
  }
  /** Has the server read the file and say what it would do; nothing is written. */
  async function dryRun(): Promise<void> {
    const chosen = file.value
    if (chosen === null || busy.value) return
    busy.value = true
    report.value = null
    const answer = await desk.call(() => calls.importRoster(chosen))
    busy.value = false
    no.value = answer.ok ? null : answer.no
    if (answer.ok) report.value = answer.value
  }
  /** Has the server write what the report said, all of it or nothing. */
  async function confirm(): Promise<void> {
    const tried = report.value
    if (tried === null || busy.value) return
    busy.value = true
    const answer = await desk.call(() => calls.confirmImport(tried.importId))
    busy.value = false
    no.value = answer.ok ? null : answer.no
    if (!answer.ok) return
    confirmation.value = answer.value
    file.value = null
    void past.load()
  }
  async function undo(importId: ImportId): Promise<boolean> {
    const undone = await past.undo(importId)
    if (undone && confirmation.value?.importId === importId) startOver()
    return undone
  }
  watch(
    () => signIn.unlocked,
    (unlocked) => {
      if (unlocked) return
      file.value = null
      past.imports.value = undefined
      if (report.value !== null) report.value = { ...report.value, preview: [] }
    },
  )
  return {
    ...past,
    file,
    report,
    confirmation,
    no,
    busy,
    step,
    toWrite,
    startOver,
    choose,
    downloadTemplate,
    dryRun,
    confirm,
    undo,
  }
})
