// Deciders of the people who work here. PINs and names pass through to the server's vault; no entry ever holds them.
import type { ActBody } from '#contract/commands/acts.ts'
import type { Decider, StateReader } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import { isTrivialPin } from './trivial-pins.ts'
import type { ProviderState, StaffState } from './state.ts'

interface Reads {
  staff: StaffState
  provider: ProviderState
}

/**
 * Appoints a staff member with an account of his own. An instructor works for a provider.
 * Refuses: access/account-taken, access/pin-too-simple, access/provider-unknown. @rule ACC-5
 */
export const appointStaff: Decider<ActBody<'appointStaff'>, Reads> = {
  families: ['staff'],
  needs: (body) => [`staff/${body.staffId}`, ...(body.providerId === null ? [] : [`provider/${body.providerId}`])],
  decide(body, read, context) {
    const { staffId, account, staffRole, providerId } = body
    if (read.all('staff').some(({ state }) => state.account === account || state.staffId === staffId)) {
      return refused('access/account-taken', { account })
    }
    const provider = providerId === null ? null : read.state('provider', `provider/${providerId}`)
    const isProviderMissing = provider === null ? staffRole === 'instructor' : provider.providerId === null
    if (isProviderMissing) return refused('access/provider-unknown')
    if (isTrivialPin(body.pin)) return refused('access/pin-too-simple')
    return accepted([
      draftEntry('staff.appointed.v1', `staff/${staffId}`, { staffId, account, staffRole, providerId }, context),
    ])
  },
}

/** Notes that a staff member's name was changed; the names themselves are in the vault. Refuses: access/staff-unknown. @rule ACC-14 */
export const renameStaff: Decider<ActBody<'renameStaff'>, Reads> = {
  needs: (body) => [`staff/${body.staffId}`],
  decide({ staffId }, read, context) {
    const stream = `staff/${staffId}`
    if (read.state('staff', stream).staffId === null) return refused('access/staff-unknown')
    return accepted([draftEntry('staff.renamed.v1', stream, { staffId }, context)])
  },
}

/** Gives a staff member a new PIN. Refuses: access/staff-unknown, access/pin-too-simple. @rule ACC-4 */
export const resetPin: Decider<ActBody<'resetPin'>, Reads> = {
  needs: (body) => [`staff/${body.staffId}`],
  decide(body, read, context) {
    const stream = `staff/${body.staffId}`
    if (read.state('staff', stream).staffId === null) return refused('access/staff-unknown')
    if (isTrivialPin(body.pin)) return refused('access/pin-too-simple')
    return accepted([draftEntry('staff.pin-set.v1', stream, { staffId: body.staffId }, context)])
  },
}

function isLastAdministrator(staffId: string, read: StateReader<Reads>): boolean {
  const administrators = read.all('staff').filter(({ state }) => state.staffRole === 'administrator' && state.enabled)
  return administrators.every(({ state }) => state.staffId === staffId) && administrators.length > 0
}

/** Disables a staff member; asking again changes nothing. Refuses: access/staff-unknown, access/last-administrator. @rule ACC-6 */
export const disableStaff: Decider<ActBody<'disableStaff'>, Reads> = {
  families: ['staff'],
  needs: (body) => [`staff/${body.staffId}`],
  decide(body, read, context) {
    const stream = `staff/${body.staffId}`
    const staff = read.state('staff', stream)
    if (staff.staffId === null) return refused('access/staff-unknown')
    if (!staff.enabled) return accepted([])
    if (isLastAdministrator(body.staffId, read)) return refused('access/last-administrator')
    return accepted([draftEntry('staff.disabled.v1', stream, body, context)])
  },
}

/** Enables a staff member again; asking again changes nothing. Refuses: access/staff-unknown. @rule ACC-6 */
export const enableStaff: Decider<ActBody<'enableStaff'>, Reads> = {
  needs: (body) => [`staff/${body.staffId}`],
  decide(body, read, context) {
    const stream = `staff/${body.staffId}`
    const staff = read.state('staff', stream)
    if (staff.staffId === null) return refused('access/staff-unknown')
    if (staff.enabled) return accepted([])
    return accepted([draftEntry('staff.enabled.v1', stream, body, context)])
  },
}
