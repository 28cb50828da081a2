// The line between the kiosk and the staff pages: the staff vault is never open on /kiosk, and a trainee's card never leaves it.
import type { Router } from 'vue-router'
import { useOwnCard } from './own-card.ts'
import { useSignIn } from './sign-in.ts'

const isKiosk = (path: string): boolean => path === '/kiosk' || path.startsWith('/kiosk/')

/** Locks the vault before a kiosk page opens and closes the card before any other page does. */
export function keepKioskApart(router: Router): void {
  router.beforeEach((to, from) => {
    if (isKiosk(to.path)) {
      const signIn = useSignIn()
      if (signIn.unlocked) signIn.lock()
    } else if (isKiosk(from.path)) useOwnCard().close()
  })
}
