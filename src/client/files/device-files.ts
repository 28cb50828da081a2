// Files carried by hand, as one device makes and reads them. The cryptography comes when it is first needed, from the app that is already here.
import type { DeviceFileParts, ExportChoice, ExportCount, ExportedFile, FileNo, ReadAnswer } from './file-work.ts'

/** Makes and reads files. Every call may fault with storage-full, storage-broken or another-window. */
export interface DeviceFiles {
  count(choice: ExportChoice): Promise<ExportCount>
  export(choice: ExportChoice): Promise<ExportedFile | FileNo>
  readAnswer(bytes: Uint8Array): Promise<ReadAnswer | FileNo>
}

/** Puts it together. */
export function createDeviceFiles(parts: DeviceFileParts): DeviceFiles {
  return {
    count: async (choice) => (await import('./export-file.ts')).countExport(parts, choice),
    export: async (choice) => (await import('./export-file.ts')).exportFile(parts, choice),
    readAnswer: async (bytes) => (await import('./read-answer.ts')).readAnswerFile(parts, bytes),
  }
}
