// Certificates on the screen and the check of their QR, both without the network.
import type { Page } from 'playwright-core'
import { field, goTo, key } from './reach.ts'
import { fieldsOfPath, readQr } from './qr-reader.ts'

/** Opens one certificate from the list of all, by its number; answers the words of the paper. */
export async function openCertificate(page: Page, number: string): Promise<string> {
  await goTo(page, '证书')
  await page.getByRole('searchbox').fill(number)
  await page.getByRole('link', { name: new RegExp(number) }).click()
  const paper = page.getByRole('article', { name: '培训合格证书' })
  await paper.waitFor()
  return (await paper.innerText()).replaceAll(/\s+/g, ' ')
}

/** Reads the QR of the certificate on the screen, as a scanner does. */
export async function scanQr(page: Page): Promise<string> {
  const path = await page.getByRole('article', { name: '培训合格证书' }).locator('svg.qr path').getAttribute('d')
  return readQr(fieldsOfPath(path ?? ''))
}

/** Puts a QR's text into the check; answers the heading of its verdict. */
export async function verdictOn(page: Page, text: string): Promise<string> {
  await field(page, '二维码里的文字').fill(text)
  await key(page, '核对').click()
  const verdict = page.getByRole('region', { name: '核对结果' }).getByRole('heading')
  await verdict.waitFor()
  return (await verdict.innerText()).trim()
}

/** The same text with one letter of what it says changed, its form kept. */
export function withOneLetterChanged(text: string): string {
  const [head, claim = '', signature] = text.split('.')
  const plain = Buffer.from(claim, 'base64url').toString('utf8')
  const changed = plain.replace('"hours":', '"hours":1')
  return [head, Buffer.from(changed).toString('base64url'), signature].join('.')
}
