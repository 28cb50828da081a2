// A carried file at the office: chosen, tried out by the site, imported, and its answer saved for the way back.
import { computed, ref, shallowRef } from 'vue'
import type { BatchFileReport } from '#contract/batch-import.ts'
import { useOfficeCalls } from '#client/stores/office-calls.ts'
import { type OfficeNo, useOfficeDesk } from '#client/stores/office-desk.ts'
import { saveFile } from '#client/stores/save-file.ts'
import { bytesOfText } from '#client/acts/file-bytes.ts'

export function useBatchImport() {
  const desk = useOfficeDesk()
  const calls = useOfficeCalls()
  const file = shallowRef<File | null>(null)
  const report = shallowRef<BatchFileReport | null>(null)
  const no = shallowRef<OfficeNo | null>(null)
  const busy = ref(false)

  async function send(chosen: File, onlyTry: boolean): Promise<void> {
    if (busy.value) return
    busy.value = true
    no.value = null
    const answer = await desk.call(() => calls.importBatchFile(chosen, onlyTry))
    busy.value = false
    no.value = answer.ok ? null : answer.no
    if (answer.ok) report.value = answer.value
  }
  function startOver(): void {
    file.value = null
    report.value = null
    no.value = null
  }
  return {
    file,
    report,
    no,
    busy,
    step: computed(() => (report.value === null ? 'file' : report.value.written ? 'done' : 'tried')),
    startOver,
    /** Has the site say what the file would do; nothing is written. */
    async choose(chosen: File): Promise<void> {
      startOver()
      file.value = chosen
      await send(chosen, true)
    },
    async confirm(): Promise<void> {
      if (file.value !== null) await send(file.value, false)
    },
    saveAnswer(): void {
      const answer = report.value?.answer
      if (answer) saveFile(new Blob([bytesOfText(answer.bytes)]), answer.fileName)
    },
  }
}
