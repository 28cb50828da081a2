// Deciders of the facility, its rules, its providers and its rooms.
import type { ActBody } from '#contract/commands/acts.ts'
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import type { FacilityState, ProviderState, RoomState } from './state.ts'

interface Reads {
  facility: FacilityState
  provider: ProviderState
  room: RoomState
}

/** Founds the facility, once. Refuses: access/facility-founded. @rule ACC-2 */
export const foundFacility: Decider<ActBody<'foundFacility'>, Reads> = {
  needs: () => ['facility'],
  decide(body, read, context) {
    if (read.state('facility', 'facility').founded) return refused('access/facility-founded')
    return accepted([draftEntry('facility.founded.v1', 'facility', body, context)])
  },
}

/**
 * Changes the facility's name or city; the same again is no entry. What kind of facility it is never changes: the law judges people by it.
 * Refuses: access/facility-not-founded. @rule ACC-13
 */
export const changeFacility: Decider<ActBody<'changeFacility'>, Reads> = {
  needs: () => ['facility'],
  decide(body, read, context) {
    const { founded, name, cityCode } = read.state('facility', 'facility')
    if (!founded) return refused('access/facility-not-founded')
    if (name === body.name && cityCode === body.cityCode) return accepted([])
    return accepted([draftEntry('facility.changed.v1', 'facility', body, context)])
  },
}

/** Whether the working-age table ascends by day and each row leaves an age at which one may work. */
function areRulesValid(rules: HouseRules): boolean {
  return rules.workingAge.every((row, index) => {
    const before = rules.workingAge[index - 1]
    const ascends = before === undefined || before.validFrom < row.validFrom
    return ascends && row.minimumMonths < row.maximumMonthsMale && row.minimumMonths < row.maximumMonthsFemale
  })
}

/** Sets the house rules as a whole. Refuses: access/rules-invalid. @rule ACC-3 */
export const setHouseRules: Decider<ActBody<'setHouseRules'>, Reads> = {
  needs: () => ['facility'],
  decide(body, _read, context) {
    if (!areRulesValid(body.rules)) return refused('access/rules-invalid')
    return accepted([draftEntry('facility.rules-set.v1', 'facility', body, context)])
  },
}

/** Registers a training provider; its code goes into certificate numbers, so it is its alone. Refuses: access/provider-code-taken. @clause 2 @rule ACC-7 */
export const registerProvider: Decider<ActBody<'registerProvider'>, Reads> = {
  families: ['provider'],
  needs: (body) => [`provider/${body.providerId}`],
  decide(body, read, context) {
    const isTaken = read
      .all('provider')
      .some(({ state }) => state.code === body.code || state.providerId === body.providerId)
    if (isTaken) return refused('access/provider-code-taken', { code: body.code })
    return accepted([draftEntry('provider.registered.v1', `provider/${body.providerId}`, body, context)])
  },
}

/** Changes what is known of a provider; its code stays. Refuses: access/provider-unknown. @rule ACC-7 */
export const changeProvider: Decider<ActBody<'changeProvider'>, Reads> = {
  needs: (body) => [`provider/${body.providerId}`],
  decide(body, read, context) {
    const stream = `provider/${body.providerId}`
    if (read.state('provider', stream).providerId === null) return refused('access/provider-unknown')
    return accepted([draftEntry('provider.changed.v1', stream, body, context)])
  },
}

/** Registers a room with its seats. Refuses: access/room-taken. @rule ACC-8 */
export const registerRoom: Decider<ActBody<'registerRoom'>, Reads> = {
  families: ['room'],
  needs: (body) => [`room/${body.roomId}`],
  decide(body, read, context) {
    const isTaken = read.all('room').some(({ state }) => state.roomId === body.roomId || state.name === body.name)
    if (isTaken) return refused('access/room-taken')
    return accepted([draftEntry('room.registered.v1', `room/${body.roomId}`, body, context)])
  },
}

/** Changes a room. Refuses: access/room-unknown. @rule ACC-8 */
export const changeRoom: Decider<ActBody<'changeRoom'>, Reads> = {
  needs: (body) => [`room/${body.roomId}`],
  decide(body, read, context) {
    const stream = `room/${body.roomId}`
    if (read.state('room', stream).roomId === null) return refused('access/room-unknown')
    return accepted([draftEntry('room.changed.v1', stream, body, context)])
  },
}
