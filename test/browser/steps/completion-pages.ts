// The end of a class in the office: check list, completion, seal, certificates, receipt.
import type { Page } from 'playwright-core'
import { openPart } from './class-plan-page.ts'
import { dialog, dialogGone, field, key } from './reach.ts'

/** The rows of the check list as `state label figures`. */
export async function checkList(page: Page): Promise<string[]> {
  const rows = page.getByRole('heading', { name: '结业核对' }).locator('xpath=ancestor::section').getByRole('listitem')
  await rows.first().waitFor()
  return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())
}

/** The four figures beside the check list: people, assessed, passed, rate. */
export async function figures(page: Page): Promise<string[]> {
  return (await page.locator('.check-side .figures dd').allInnerTexts()).map((text) => text.trim())
}

/** Ends the class, which is shorter than its syllabus; the dialog shows the sum first and asks why. Answers the sum. */
export async function completeClass(page: Page): Promise<string> {
  await openPart(page, '核对')
  await key(page, '结业').click()
  const sum = await dialog(page)
    .getByText(/合格 \d+/)
    .innerText()
  await dialog(page).getByText('按班级计划只培训大纲的一部分').click()
  await field(dialog(page), '写明情况').fill('示例班，只上两次课')
  await key(dialog(page), '结业').click()
  await dialogGone(page)
  return sum
}

export async function sealClass(page: Page): Promise<void> {
  await key(page, '封存').click()
  await key(dialog(page), '封存').click()
  await dialogGone(page)
  await page.getByText('封存校验码').waitFor()
}

/** Issues the certificates; answers the sentence with their numbers. */
export async function issueCertificates(page: Page): Promise<string> {
  await openPart(page, '证书')
  await key(page, '发证').click()
  const numbers = await dialog(page)
    .getByText(/ 到 .*，共 \d+ 张/)
    .innerText()
  await key(dialog(page), '发证').click()
  await dialogGone(page)
  await page.getByRole('table', { name: '这个班的证书' }).getByText('已发', { exact: true }).first().waitFor()
  return numbers
}

/** The certificates the class page lists: name and number, those without one left out. */
export function listedCertificates(page: Page): Promise<{ name: string; number: string }[]> {
  return page
    .getByRole('table', { name: '这个班的证书' })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.flatMap((row) => {
        const number = row.querySelector('code')?.textContent?.trim() ?? ''
        return number === '' ? [] : [{ name: row.querySelector('th')?.textContent?.trim() ?? '', number }]
      }),
    )
}

/** The line by which the page can be proven: the ledger's position and the hash there. */
export async function proof(page: Page): Promise<string> {
  const line = page.locator('.proof').first()
  await line.waitFor()
  return (await line.innerText()).replaceAll(/\s+/g, ' ')
}
