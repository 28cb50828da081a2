// Files carried by hand, at the tablet: exporting what is unsent, reading the answer. A file changes no state of an entry; only a receipt does.
import { ref, shallowRef, watch } from 'vue'
import { BATCH_FILE_BYTES_MAX } from '#contract/batch-file.ts'
import type { ExportChoice, ExportCount, ExportedFile, ReadAnswer } from '#client/files/file-work.ts'
import { faultCodeOf } from '#client/storage/fault.ts'
import { clientCore, type JoinedDevice } from '#client/stores/container.ts'
import { saveFile } from '#client/stores/save-file.ts'

export type { ExportChoice } from '#client/files/file-work.ts'

/** Why nothing was made or read: a code that has a sentence among the problems or the faults. */
export interface FileTrouble {
  readonly code: string
}

const BINARY = 'application/octet-stream'

export function useCarriedFiles() {
  const core = clientCore()
  const busy = ref(false)
  const trouble = shallowRef<FileTrouble | null>(null)
  const exported = shallowRef<Omit<ExportedFile, 'bytes'> | null>(null)
  const answered = shallowRef<ReadAnswer | null>(null)
  const counted = shallowRef<ExportCount | null>(null)

  /** Runs one thing at a time; what the world refused becomes the trouble. */
  async function run(work: (joined: JoinedDevice) => Promise<void>): Promise<void> {
    const joined = core.joined.value
    if (busy.value || joined === null) return
    busy.value = true
    trouble.value = null
    exported.value = null
    answered.value = null
    try {
      await work(joined)
    } catch (thrown) {
      const code = faultCodeOf(thrown)
      if (code === null) throw thrown
      trouble.value = { code }
    } finally {
      busy.value = false
    }
  }
  /** Makes the file and hands it to the browser to save. */
  const exportNow = (choice: ExportChoice) =>
    run(async ({ files }) => {
      const made = await files.export(choice)
      if (!made.ok) {
        trouble.value = made
        return
      }
      const { bytes, ...told } = made
      saveFile(new Blob([new Uint8Array(bytes)], { type: BINARY }), made.fileName)
      exported.value = told
    })
  const readAnswer = (file: File) =>
    run(async ({ files }) => {
      // Nobody waits for gigabytes to be read only to hear that they are too many.
      const read =
        file.size > BATCH_FILE_BYTES_MAX
          ? ({ ok: false, code: 'batch-file-too-large' } as const)
          : await files.readAnswer(new Uint8Array(await file.arrayBuffer()))
      if (read.ok) answered.value = read
      else trouble.value = read
    })
  /** Counts what a choice would carry, while the person chooses; null for no choice yet. */
  function followChoice(choice: () => ExportChoice | null): void {
    watch(
      choice,
      async (chosen) => {
        counted.value = null
        const found = chosen === null ? null : await core.joined.value?.files.count(chosen)
        if (choice() === chosen) counted.value = found ?? null
      },
      { immediate: true },
    )
  }
  return { busy, trouble, exported, answered, counted, exportNow, readAnswer, followChoice }
}
