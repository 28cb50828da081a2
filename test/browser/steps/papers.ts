// The files of a class, downloaded as a person does and read again.
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { openPart } from './class-plan-page.ts'
import { key } from './reach.ts'

export interface PaperFile {
  readonly fileName: string
  readonly bytes: Buffer
}

/** Downloads one paper by its Chinese name. */
export async function downloadPaper(page: Page, name: string): Promise<PaperFile> {
  await openPart(page, '表格')
  const button = key(page, `下载 ${name}`)
  await button.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), button.click()])
  return { fileName: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** How many pages a PDF has, read from its page objects and not by the program that made it. */
export function pdfPageCount(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0
}
