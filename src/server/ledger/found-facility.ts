// The first act of all: a facility with its first administrator.
import type { SetupRequest } from '#contract/device.ts'
import { facilityStream } from '#contract/streams.ts'
import type { StaffId } from '#contract/values.ts'
import { loadState } from './load-states.ts'
import { done, type Outcome, problem } from './outcome.ts'
import { prepareAct, type PreparedAct } from './perform-act.ts'
import { SERVER_ACTOR, type ServerContext } from './server-context.ts'

/** Prepares the founding, outside any transaction; `perform` does both acts or none. Problem: set-up-done. */
export async function prepareFounding(context: ServerContext, asked: SetupRequest): Promise<Outcome<PreparedAct>> {
  const isFounded = () =>
    context.store.read(context.facilityId, async (view) => (await loadState(view, 'facility', facilityStream)).founded)
  if (await isFounded()) return problem('set-up-done')
  const { facilityName: name, facilityKind, cityCode, account, displayName, pin } = asked
  const found = await prepareAct(context, SERVER_ACTOR, 'foundFacility', {
    name,
    facilityKind,
    cityCode,
    demonstration: false,
  })
  const appoint = await prepareAct(context, SERVER_ACTOR, 'appointStaff', {
    staffId: context.newId() as StaffId,
    account,
    displayName,
    pin,
    staffRole: 'administrator',
    providerId: null,
  })
  return done({
    async perform(tx) {
      const founded = await found.perform(tx)
      if (!founded.ok) return founded.problem.refusal === 'access/facility-founded' ? problem('set-up-done') : founded
      const appointed = await appoint.perform(tx)
      return appointed.ok ? done({ positions: [...founded.value.positions, ...appointed.value.positions] }) : appointed
    },
  })
}
