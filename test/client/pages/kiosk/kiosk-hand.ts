// The hand of a trainee on the kiosk's pages: presses, reaches for what begins with some words, types.
import { byRole } from '../../components/mount-with-messages.ts'
import { nameOf } from '../../support/test-people.ts'
import { pageText, sees, settle } from './kiosk-tablet.ts'
import type { KioskTablet } from './kiosk-tablet.ts'

/** Presses a key by its whole name. */
export async function press(name: string): Promise<void> {
  byRole('button', name).click()
  await settle()
}
/** A button or link by the beginning of what is on or about them. */
export function reach(start: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('a, button')].find((one) =>
    (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(start),
  )
  if (!found) throw new Error(`nothing begins with "${start}": ${pageText().slice(0, 600)}`)
  return found
}
/** Writes into a field. */
export async function type(name: string, text: string): Promise<void> {
  const input = byRole('textbox', name) as HTMLInputElement
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
/** Writes number and code as they stand on a slip. */
export async function typeSlip(number: string, code: string): Promise<void> {
  await type('编号', number)
  byRole('button', '下一步').closest('form')?.requestSubmit()
  await settle()
  await type('密码（6 位）', code)
}
/** Opens a person's card with his slip. */
export async function identify(desk: KioskTablet, index: number): Promise<void> {
  const { number, code } = desk.slipOf(index)
  await typeSlip(number, code)
  await sees(nameOf(index))
}
