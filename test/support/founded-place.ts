// A facility in a data folder (and a database, where one is named), founded in a moment: for tests that start real servers again and again.
import { randomFillSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { actPerformers } from '#server/acts/performers.ts'
import { makeJoinCode } from '#server/devices/join.ts'
import { prepareLedger } from '#server/ledger/prepare-ledger.ts'
import { foldingVersion } from '#server/program-version.ts'
import { makeFirstFacility } from '#server/tasks/first-start.ts'
import { type DataPlace, openFacility } from '#server/tasks/open-facility.ts'
import { admitTestTrainees, foundTestFacility } from './test-server.ts'

export const machine = { nowMs: Date.now, random: (count: number) => randomFillSync(new Uint8Array(count)) }

/** Founds a facility with `teacher1` (TEACHER1) and trainees T1 to T`trainees`, ready to be served. */
export async function foundPlace(place: DataPlace, trainees = 3): Promise<void> {
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 })
  await makeFirstFacility(place, actPerformers, machine, async (context) => {
    await foundTestFacility({ context })
    await admitTestTrainees(
      { context },
      Array.from({ length: trainees }, (_, index) => `T${String(index + 1)}`),
    )
    await prepareLedger(context, foldingVersion(), () => undefined)
  })
}

/** Makes a join code at the place itself, as the server does when nobody can sign in yet; the server may be running. */
export async function joinCodeAt(place: DataPlace, purpose: 'office' | 'instructor' | 'kiosk'): Promise<string> {
  const context = await openFacility(place, actPerformers, machine)
  try {
    return (await context.store.transaction(context.facilityId, (tx) => makeJoinCode(tx, context, purpose))).code
  } finally {
    await context.store.close()
  }
}

/** The environment of a server program that works on a place. */
export function environmentOf({ dataDir, databaseUrl }: DataPlace): Record<string, string> {
  return { DATA_DIR: dataDir, DATABASE_URL: databaseUrl ?? '' }
}
