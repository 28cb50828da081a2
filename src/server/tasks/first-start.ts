// A first start makes the facility beside its place and moves it there when it is whole: a start that breaks off leaves an empty place.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readKeyFile } from '#server/devices/key-files.ts'
import type { MachineSources } from '#server/devices/make-context.ts'
import { copyLedger } from '#server/ledger/copy-ledger.ts'
import { rebuildProjections } from '#server/ledger/project.ts'
import type { ActPerformers, ServerContext } from '#server/ledger/server-context.ts'
import { type DataPlace, LEDGER_FILE, makeFacility, openStore } from './open-facility.ts'

const draftIn = (dataDir: string) => join(dataDir, 'first-start')
const markIn = (dataDir: string) => join(draftIn(dataDir), 'whole')

/** Copies the ledger of a draft into the database, in one transaction; one that is there already was copied by a start that broke off. */
async function fillDatabase(place: DataPlace): Promise<void> {
  const draftDir = draftIn(place.dataDir)
  const { facilityId } = readKeyFile(draftDir)
  const store = await openStore(place)
  try {
    if ((await store.facilities()).includes(facilityId)) return
    const draft = await openStore({ dataDir: draftDir, databaseUrl: null })
    try {
      await draft.read(facilityId, (view) =>
        store.transaction(facilityId, async (tx) => {
          await copyLedger(view, tx)
          await rebuildProjections(tx)
        }),
      )
    } finally {
      await draft.close()
    }
  } finally {
    await store.close()
  }
}

/** Moves a draft that is whole into place, or throws away one that is not. To be called before the place is looked at. Faults: the store's. */
export async function settleFirstStart(place: DataPlace): Promise<void> {
  const { dataDir, databaseUrl } = place
  const draft = draftIn(dataDir)
  if (existsSync(markIn(dataDir))) {
    if (databaseUrl !== null && existsSync(join(draft, LEDGER_FILE))) await fillDatabase(place)
    // The keys go last: with them in place the folder is a facility.
    const names = readdirSync(draft).filter(
      (name) => name !== 'whole' && name !== 'keys' && (databaseUrl === null || !name.startsWith(LEDGER_FILE)),
    )
    for (const name of [...names, 'keys']) {
      if (existsSync(join(draft, name))) renameSync(join(draft, name), join(dataDir, name))
    }
  }
  rmSync(draft, { recursive: true, force: true })
}

/** Makes a facility, lets `fill` write into it, and moves it into place; what `fill` answers is handed on. */
export async function makeFirstFacility<Value>(
  place: DataPlace,
  performers: ActPerformers,
  sources: MachineSources,
  fill: (context: ServerContext) => Promise<Value>,
): Promise<Value> {
  const draft = draftIn(place.dataDir)
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  const context = await makeFacility(draft, performers, sources)
  let filled: Value
  try {
    filled = await fill(context)
  } finally {
    await context.store.close()
  }
  writeFileSync(markIn(place.dataDir), '', { flush: true })
  await settleFirstStart(place)
  return filled
}
