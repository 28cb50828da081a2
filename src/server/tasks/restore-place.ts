// How restored files take their place: a draft beside them, marked when whole, then moved in while what was there is moved aside.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEDGER_FILE } from './open-facility.ts'

const DRAFT = 'restore-draft'

/** The log of a database goes with it: one left behind would be taken for the new one's. */
const REPLACED = [`${LEDGER_FILE}-wal`, `${LEDGER_FILE}-shm`, LEDGER_FILE, 'keys']

const markIn = (draft: string) => join(draft, 'whole')

/** Makes an empty draft folder; one that broke off is thrown away, for nothing in it was ever served. */
export function startDraft(dataDir: string): string {
  const draft = join(dataDir, DRAFT)
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  return draft
}

/** Says that the draft is whole; from now on it will take the place of what is there, whatever happens. `aside` names the folder for that. */
export function markDraftWhole(dataDir: string, aside: string): void {
  const mark = markIn(join(dataDir, DRAFT))
  writeFileSync(`${mark}.new`, aside, { flush: true })
  renameSync(`${mark}.new`, mark)
}

/** Moves a draft that is whole into place, or throws away one that is not; answers the folder with what was there, or null. */
export function settleRestore(dataDir: string): string | null {
  const draft = join(dataDir, DRAFT)
  let kept: string | null = null
  if (existsSync(markIn(draft))) {
    const aside = join(dataDir, readFileSync(markIn(draft), 'utf8'))
    // Without the ledger in the draft it is in place already, and so is its log.
    const isLedgerNew = existsSync(join(draft, LEDGER_FILE))
    for (const name of REPLACED) {
      const replaces = existsSync(join(draft, name)) || (isLedgerNew && name.startsWith(LEDGER_FILE))
      if (replaces && existsSync(join(dataDir, name))) {
        mkdirSync(aside, { recursive: true, mode: 0o700 })
        renameSync(join(dataDir, name), join(aside, name))
      }
      if (existsSync(join(draft, name))) renameSync(join(draft, name), join(dataDir, name))
    }
    kept = existsSync(aside) && readdirSync(aside).length > 0 ? aside : null
  }
  rmSync(draft, { recursive: true, force: true })
  return kept
}
