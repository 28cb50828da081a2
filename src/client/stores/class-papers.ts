// Fetches the papers of a class and hands them to the browser as files. One at a time; nothing of a paper stays on the device.
import { reactive } from 'vue'
import type { PaperName } from '#contract/paper.ts'
import type { ClassId } from '#contract/values.ts'
import { useOfficeCalls } from '#client/stores/office-calls.ts'
import { type OfficeNo, useOfficeDesk } from '#client/stores/office-desk.ts'
import { saveFile } from '#client/stores/save-file.ts'

type PaperState = 'idle' | 'fetching' | 'done'

export function useClassPapers(classId: () => ClassId) {
  const desk = useOfficeDesk()
  const calls = useOfficeCalls()
  const papers = reactive<Partial<Record<PaperName, { state: PaperState; no: OfficeNo | null; fileName: string }>>>({})

  async function download(paper: PaperName): Promise<void> {
    papers[paper] = { state: 'fetching', no: null, fileName: '' }
    const answer = await desk.call(() => calls.downloadPaper(classId(), paper))
    if (!answer.ok) {
      papers[paper] = { state: 'idle', no: answer.no, fileName: '' }
      return
    }
    saveFile(answer.value.blob, answer.value.fileName)
    papers[paper] = { state: 'done', no: null, fileName: answer.value.fileName }
  }
  return { papers, download }
}
