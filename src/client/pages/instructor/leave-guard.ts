import { onScopeDispose } from 'vue'

/** Has the browser ask before the window is closed while something is in no journal yet. */
export function useLeaveGuard(isOpen: () => boolean): void {
  const ask = (event: BeforeUnloadEvent) => {
    if (isOpen()) event.preventDefault()
  }
  window.addEventListener('beforeunload', ask)
  onScopeDispose(() => window.removeEventListener('beforeunload', ask))
}
