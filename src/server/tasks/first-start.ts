// A first start makes the facility beside its place and moves it there when it is whole: a start that breaks off leaves an empty folder.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MachineSources } from '#server/devices/make-context.ts'
import type { ActPerformers, ServerContext } from '#server/ledger/server-context.ts'
import { makeFacility } from './open-facility.ts'

const draftIn = (dataDir: string) => join(dataDir, 'first-start')
const markIn = (dataDir: string) => join(draftIn(dataDir), 'whole')

/** Moves a draft that is whole into place, or throws away one that is not. To be called before the folder is looked at. */
export function settleFirstStart(dataDir: string): void {
  const draft = draftIn(dataDir)
  if (existsSync(markIn(dataDir))) {
    // The keys go last: with them in place the folder is a facility.
    const names = readdirSync(draft).filter((name) => name !== 'whole' && name !== 'keys')
    for (const name of [...names, 'keys']) {
      if (existsSync(join(draft, name))) renameSync(join(draft, name), join(dataDir, name))
    }
  }
  rmSync(draft, { recursive: true, force: true })
}

/** Makes a facility, lets `fill` write into it, and moves it into place; what `fill` answers is handed on. */
export async function makeFirstFacility<Value>(
  dataDir: string,
  performers: ActPerformers,
  sources: MachineSources,
  fill: (context: ServerContext) => Promise<Value>,
): Promise<Value> {
  const draft = draftIn(dataDir)
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  const context = await makeFacility(draft, performers, sources)
  let filled: Value
  try {
    filled = await fill(context)
  } finally {
    await context.store.close()
  }
  writeFileSync(markIn(dataDir), '', { flush: true })
  settleFirstStart(dataDir)
  return filled
}
