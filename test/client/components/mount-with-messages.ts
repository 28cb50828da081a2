// Mounts a component as the app does: with the Chinese words, attached to the page, found by role and label.
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach } from 'vitest'
import type { Component } from 'vue'
import { createI18n } from 'vue-i18n'
import { englishMessages } from '#client/app/messages/en.ts'
import type { Translated } from '#client/app/messages/translated.ts'
import { chineseMessages, type Messages } from '#client/app/messages/zh-CN.ts'

enableAutoUnmount(afterEach)

/** The words of the app, both languages at once, Chinese first. */
export function createTestI18n(locale: 'zh-CN' | 'en' = 'zh-CN') {
  const messages: Record<string, Translated<Messages>> = { 'zh-CN': chineseMessages, en: englishMessages }
  return createI18n({ legacy: false, locale: locale as string, messages })
}

interface MountOptions {
  readonly props?: Record<string, unknown>
  readonly slots?: Record<string, unknown>
  readonly locale?: 'zh-CN' | 'en'
}

/** A component with a type parameter is a function to TypeScript. */
type GenericComponent = (...given: never[]) => unknown

export function mountWithMessages(component: Component | GenericComponent, options: MountOptions = {}) {
  return mount(component as Component, {
    attachTo: document.body,
    props: { ...options.props },
    slots: { ...options.slots } as Record<string, string>,
    global: { plugins: [createTestI18n(options.locale)] },
  })
}

function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label')
  if (label !== null) return label.trim()
  const id = element.getAttribute('id')
  const words = id === null ? null : document.querySelector(`label[for="${id}"]`)
  return (words?.textContent ?? element.textContent ?? '').replace(/\s+/g, ' ').trim()
}

const elementsOf: Readonly<Record<string, string>> = {
  button: 'button, [role="button"]',
  list: 'ol, ul, [role="list"]',
  dialog: '[role="dialog"], [role="alertdialog"]',
  checkbox: 'input[type="checkbox"]',
  textbox: 'input[type="text"], input[type="password"], textarea',
  table: 'table',
}

/** All elements of a role anywhere on the page, with this name where one is given. */
export function allByRole(role: string, name?: string): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>(elementsOf[role] ?? `[role="${role}"]`)]
  return all.filter((element) => name === undefined || nameOf(element) === name)
}

/** The one element of a role and a name; says what there was instead. */
export function byRole(role: string, name?: string): HTMLElement {
  const found = allByRole(role, name)
  const [element] = found
  if (element && found.length === 1) return element
  throw new Error(
    `${found.length} elements are "${role}" with the name "${name}"; there are: ${allByRole(role).map(nameOf).join(' | ')}`,
  )
}
