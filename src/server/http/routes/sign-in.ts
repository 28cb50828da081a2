// Opening and closing a staff sign-in at the server, and the first set-up of a facility.
import { z } from 'zod'
import { SetupRequest, SIGNING_HEADERS, SignInAnswer, SignInRequest } from '#contract/device.ts'
import { closeSignIn, openSignIn } from '#server/devices/sign-ins.ts'
import { prepareFounding } from '#server/ledger/found-facility.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import type { App } from '../app.ts'
import { endpoint } from '../endpoint.ts'

const Nothing = z.strictObject({})

/** Registers `POST /api/sign-in` and `POST /api/sign-out`. */
export function registerSignIn(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/sign-in',
    summary: 'Open a sign-in with account and PIN, bound to the device, for eight hours',
    needs: 'device',
    callsPerMinute: app.limits.signInPerMinute,
    body: SignInRequest,
    answer: SignInAnswer,
    // The PIN is looked at between two transactions of its own; nothing is left for the endpoint's.
    prepare: ({ context, device, body }) => openSignIn(context, app.parts.verifyPin, device, body),
    run: async (_call, _tx, opened: SignInAnswer) => done(opened),
  })
  endpoint(app, {
    method: 'POST',
    path: '/api/sign-out',
    summary: 'Close the sign-in of this device',
    needs: 'device',
    answer: Nothing,
    async run({ request }, tx) {
      const token = request.headers[SIGNING_HEADERS.signIn]
      if (typeof token === 'string') await closeSignIn(tx, token)
      return done({})
    },
  })
}

/** Registers `POST /api/setup`. */
export function registerSetup(app: App): void {
  endpoint(app, {
    method: 'POST',
    path: '/api/setup',
    summary: 'Found the facility with its first administrator (a joined office device, once)',
    needs: 'device',
    callsPerMinute: app.limits.joinPerMinute,
    body: SetupRequest,
    answer: Nothing,
    prepare: async ({ context, device, body }) =>
      device.purpose === 'office' ? prepareFounding(context, body) : problem('not-allowed'),
    async run(_call, tx, founding) {
      const founded = await founding.perform(tx)
      return founded.ok ? done({}) : founded
    },
  })
}
