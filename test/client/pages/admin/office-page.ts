// The office opened at an address over a real tablet and a real site, used by role and label.
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { adminRoutes } from '#client/pages/admin/routes.ts'
import { allByRole, byRole, createTestI18n } from '../../components/mount-with-messages.ts'

// A key derivation, a server and a page share the machine with other tests.
const PATIENCE_MS = 40_000
vi.setConfig({ testTimeout: 120_000 })

/** Mounts the whole office and goes to the address. */
export async function openOffice(address: string) {
  const elsewhere = { path: '/:rest(.*)*', component: { render: () => null } }
  const router = createRouter({ history: createMemoryHistory(), routes: [...adminRoutes, elsewhere] })
  await router.push(address)
  const pinia = getActivePinia()
  mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createTestI18n(), router, ...(pinia === undefined ? [] : [pinia])] },
  })
  await flushPromises()
  return router
}

/** Everything readable on the page, in one line. */
export const pageText = (): string => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? ''

/** Waits until the words stand somewhere on the page. */
export async function seen(words: string): Promise<void> {
  await vi
    .waitUntil(() => pageText().includes(words), { timeout: PATIENCE_MS })
    .catch(() => {
      throw new Error(`“${words}” is not on the page: ${pageText().slice(0, 1500)}`)
    })
}

/** Presses the button of that name as soon as it can be pressed. */
export async function press(name: string): Promise<void> {
  await vi
    .waitUntil(() => allByRole('button', name).some((button) => !(button as HTMLButtonElement).disabled), {
      timeout: PATIENCE_MS,
    })
    .catch(() => byRole('button', name))
  const button = allByRole('button', name)
    .filter((one) => !(one as HTMLButtonElement).disabled)
    .at(-1)
  button?.click()
  await flushPromises()
}

/** Types into the field with that label. */
export async function type(name: string, text: string): Promise<void> {
  const input = byRole('textbox', name) as HTMLInputElement
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

/** Chooses the account, enters the PIN and signs in. */
export async function signInAs(account: string, pin: string): Promise<void> {
  const tile = () => allByRole('button').find((button) => button.textContent?.startsWith(account))
  await vi.waitUntil(() => tile() !== undefined, { timeout: PATIENCE_MS })
  tile()?.click()
  await flushPromises()
  await type('PIN（6 位数字）', pin)
  await press('登录')
}
