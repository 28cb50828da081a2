// A backup every night into a folder somebody chose. The task runs as a process of its own, so that no request waits for it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FacilityId, Instant } from '#contract/values.ts'
import type { DataPlace } from './open-facility.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 02:30 in Asia/Shanghai, which keeps no summer time, as time of the UTC day. */
const NIGHT_MS = 18.5 * HOUR_MS
const KEPT = 14
const LOOK_MS = 60_000

const TASKS = fileURLToPath(new URL('main.ts', import.meta.url))

/** Where the nightly backup stands: when the newest good one was made, null for none, and whether the last try succeeded. */
export interface NightlyState {
  readonly at: Instant | null
  readonly ok: boolean
}

/** The backups of one facility in a folder. Another facility, and a backup somebody made by hand, may lie beside them. */
export interface NightlyFolder {
  readonly folder: string
  readonly facilityId: FacilityId
}

const prefixOf = ({ facilityId }: NightlyFolder) =>
  `nightly-${createHash('sha256').update(facilityId).digest('hex').slice(0, 8)}-`

/** The file of a backup begun at this moment; its name tells nobody whose it is. */
export function nightlyFile(place: NightlyFolder, now: Instant): string {
  return join(place.folder, `${prefixOf(place)}${now.replaceAll(/[:.]/g, '-')}.sqlite`)
}

function momentOf(name: string, prefix: string): Instant | null {
  const [, day, hours, minutes, seconds, rest] =
    /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.sqlite$/.exec(name.slice(prefix.length)) ?? []
  return name.startsWith(prefix) && day !== undefined
    ? (`${day}T${hours}:${minutes}:${seconds}.${rest}Z` as Instant)
    : null
}

/** When the backups of a folder were made, newest first; a file has its name only after it was proved. Throws what the file system throws. */
export function nightlyMoments(place: NightlyFolder): readonly Instant[] {
  const prefix = prefixOf(place)
  return readdirSync(place.folder)
    .map((name) => momentOf(name, prefix))
    .filter((moment) => moment !== null)
    .toSorted()
    .toReversed()
}

/** Keeps the newest fourteen, and takes away drafts of a backup that broke off. */
export function clearOldNights(place: NightlyFolder): void {
  for (const moment of nightlyMoments(place).slice(KEPT)) rmSync(nightlyFile(place, moment), { force: true })
  const prefix = prefixOf(place)
  for (const name of readdirSync(place.folder))
    if (name.startsWith(prefix) && name.includes('.sqlite.part')) rmSync(join(place.folder, name), { force: true })
}

/** The next 02:30 of Asia/Shanghai after a moment. */
export function nextNight(nowMs: number): number {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS + NIGHT_MS
  return today > nowMs ? today : today + DAY_MS
}

/** When to make the first one after a start: at once where the newest is older than a day, or of a time that has not come yet. */
export function firstNight(newest: Instant | null, nowMs: number): number {
  const ageMs = newest === null ? DAY_MS : nowMs - Date.parse(newest)
  return ageMs >= DAY_MS || ageMs < 0 ? nowMs : nextNight(nowMs)
}

interface Running {
  readonly done: Promise<boolean>
  stop(): void
}

/** Runs `backup FILE`. True when the task said that the file is there and proved. */
function runBackup({ dataDir, databaseUrl }: DataPlace, file: string): Running {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', TASKS, 'backup', file], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl ?? '' },
    stdio: 'ignore',
  })
  const done = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
  return { done, stop: () => child.kill('SIGKILL') }
}

/** Hears of backups. `begins` answers what the one about to be made will hold at least; `proved` hears that it does, and which ones are kept. */
export interface BackupWitness<Held> {
  begins(): Promise<Held>
  proved(moment: Instant, held: Held, kept: readonly Instant[]): Promise<void>
  failed(): void
}

/** Begins. A try that failed is made again an hour later. */
export function startNightlyBackups<Held>(
  place: DataPlace,
  nights: NightlyFolder,
  now: () => Instant,
  witness: BackupWitness<Held>,
): { state: () => NightlyState; stop: () => void } {
  let ok = true
  let running: Running | null = null
  const newest = (): Instant | null => {
    try {
      return nightlyMoments(nights).find((moment) => moment <= now()) ?? null
    } catch {
      // The folder is not there: the next try says so.
      return null
    }
  }
  let at = newest()
  let nextMs = firstNight(at, Date.parse(now()))
  async function run(): Promise<void> {
    try {
      // A disk that is not plugged in must not become a folder of the same name on this one.
      if (!statSync(nights.folder).isDirectory()) throw new Error('not a folder')
      const held = await witness.begins()
      const moment = now()
      running = runBackup(place, nightlyFile(nights, moment))
      ok = await running.done
      if (ok) {
        clearOldNights(nights)
        await witness.proved(moment, held, nightlyMoments(nights))
      }
    } catch {
      ok = false
    }
    running = null
    at = newest()
    nextMs = ok ? nextNight(Date.parse(now())) : Date.parse(now()) + HOUR_MS
    if (!ok) witness.failed()
  }
  const look = () => {
    if (running === null && Date.parse(now()) >= nextMs) void run()
  }
  look()
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return {
    state: () => ({ at, ok }),
    stop() {
      clearInterval(timer)
      running?.stop()
    },
  }
}
