// Short notices at the foot of the screen, with an undo where there is one. The host is in App.vue.
import { readonly, ref } from 'vue'

export interface ToastInput {
  readonly text: string
  readonly tone?: 'good' | 'info' | 'warn' | 'danger' | undefined
  readonly undo?: (() => void) | undefined
  readonly undoLabel?: string | undefined
  /** How long it stays; 6 without an undo, 12 with one. A danger stays until it is put away. */
  readonly seconds?: number | undefined
}

export interface Toast extends ToastInput {
  readonly id: number
}

const shown = ref<Toast[]>([])
let nextId = 1

export const toasts = readonly(shown)

/** Shows a notice and gives its id. The same text is never there twice. */
export function showToast(input: ToastInput): number {
  const toast = { ...input, id: nextId++ }
  shown.value = [...shown.value.filter((other) => other.text !== toast.text), toast].slice(-2)
  const seconds = input.seconds ?? (input.undo ? 12 : 6)
  if (input.tone !== 'danger') setTimeout(() => dismissToast(toast.id), seconds * 1000)
  return toast.id
}

export function dismissToast(id: number): void {
  shown.value = shown.value.filter((toast) => toast.id !== id)
}
