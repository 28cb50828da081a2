// A keyboard beside a pad on the screen: what is typed anywhere on the page is meant for the pad, unless it is being typed into something else.
import { onBeforeUnmount, onMounted } from 'vue'

const OWN_FIELDS = 'input, textarea, select, [contenteditable="true"]'
const PRESSED_BY_ENTER = 'button, a, summary, [role="button"]'
const DIALOGS = '[role="dialog"], [role="alertdialog"]'

export interface PadKeyboard {
  /** The pad; nothing is taken before it stands. */
  readonly pad: () => HTMLElement | null
  readonly digit: (digit: string) => void
  readonly back: () => void
  readonly enter: () => void
}

/** An open dialog takes the keyboard for itself. */
function isBehindDialog(pad: HTMLElement): boolean {
  return [...document.querySelectorAll(DIALOGS)].some((dialog) => !dialog.contains(pad))
}

/** Takes digits, Backspace and Enter of a real keyboard for as long as the pad stands. Its own field takes them by itself. */
export function usePadKeyboard({ pad, digit, back, enter }: PadKeyboard): void {
  function press(event: KeyboardEvent): void {
    const root = pad()
    const target = event.target instanceof Element ? event.target : null
    if (root === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (target?.closest(OWN_FIELDS) || isBehindDialog(root)) return
    if (/^\d$/.test(event.key)) digit(event.key)
    else if (event.key === 'Backspace') back()
    else if (event.key === 'Enter' && !target?.closest(PRESSED_BY_ENTER)) enter()
    else return
    event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
