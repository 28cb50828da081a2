// The line between the kiosk and the staff pages: the staff vault is never open on /kiosk, and a trainee's card never leaves it.
import { useOwnCard } from './own-card.ts'
import { useSignIn } from './sign-in.ts'

/** The part of a router this needs. */
export interface GuardedRouter {
  beforeEach(guard: (to: { readonly path: string }, from: { readonly path: string }) => void): unknown
}

const isKiosk = (path: string): boolean => path === '/kiosk' || path.startsWith('/kiosk/')

/** Locks the vault before a kiosk page opens and closes the card before any other page does. */
export function keepKioskApart(router: GuardedRouter): void {
  router.beforeEach((to, from) => {
    if (isKiosk(to.path)) {
      const signIn = useSignIn()
      if (signIn.unlocked) signIn.lock()
    } else if (isKiosk(from.path)) useOwnCard().close()
  })
}
