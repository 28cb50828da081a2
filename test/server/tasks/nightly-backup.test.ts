// The nightly backup: when one is due, what is kept, and what /api/health says of it.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Health } from '#contract/device.ts'
import type { FacilityId, Instant } from '#contract/values.ts'
import { readConfig } from '#server/config.ts'
import {
  clearOldNights,
  firstNight,
  nextNight,
  nightlyFile,
  nightlyMoments,
  type NightlyFolder,
} from '#server/tasks/nightly-backup.ts'
import type { DataPlace } from '#server/tasks/open-facility.ts'
import { environmentOf, foundPlace } from '#test/support/founded-place.ts'
import { runServerProgram, type ServerProcess, startServerProcess } from '#test/support/server-process.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xincheng-nightly-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (moment: string) => Date.parse(moment)
const iso = (ms: number) => new Date(ms).toISOString()

describe('when a backup is due', () => {
  it('is half past two in the night of Shanghai', () => {
    expect(iso(nextNight(at('2026-11-02T02:29:59+08:00')))).toBe('2026-11-01T18:30:00.000Z')
    expect(iso(nextNight(at('2026-11-02T02:30:00+08:00')))).toBe('2026-11-02T18:30:00.000Z')
    expect(iso(nextNight(at('2026-11-02T23:59:00+08:00')))).toBe('2026-11-02T18:30:00.000Z')
  })

  it('is at once after a start without one, or with one a day old or from a time to come; else the next night', () => {
    const now = at('2026-11-02T09:00:00Z')
    expect(firstNight(null, now)).toBe(now)
    expect(firstNight('2026-11-01T09:00:00.000Z' as Instant, now)).toBe(now)
    expect(firstNight('2026-11-02T09:00:00.001Z' as Instant, now)).toBe(now)
    expect(iso(firstNight('2026-11-01T09:00:00.001Z' as Instant, now))).toBe('2026-11-02T18:30:00.000Z')
  })
})

describe('what is kept', () => {
  it('the newest fourteen of this facility, and everything that is not its own', () => {
    const place: NightlyFolder = { folder: join(folder, 'kept'), facilityId: 'F1' as FacilityId }
    const other: NightlyFolder = { ...place, facilityId: 'F2' as FacilityId }
    mkdirSync(place.folder)
    const moments = Array.from(
      { length: 20 },
      (_, day) => iso(at('2026-10-01T18:30:00Z') + day * 86_400_000) as Instant,
    )
    for (const moment of moments) writeFileSync(nightlyFile(place, moment), '')
    writeFileSync(`${nightlyFile(place, moments[0] ?? ('' as Instant))}.part-wal`, '')
    writeFileSync(nightlyFile(other, moments[0] ?? ('' as Instant)), '')
    writeFileSync(join(place.folder, 'backup-by-hand.sqlite'), '')
    clearOldNights(place)
    expect(nightlyMoments(place)).toEqual(moments.slice(-14).toReversed())
    expect(nightlyMoments(other)).toHaveLength(1)
    expect(readdirSync(place.folder)).toHaveLength(16)
    expect(readdirSync(place.folder).join()).not.toMatch(/F1|F2|part/)
  })
})

describe('a server with BACKUP_DIR', () => {
  let place: DataPlace
  let server: ServerProcess | null = null
  const nights = () => join(folder, 'nights')
  beforeAll(async () => {
    place = { dataDir: join(folder, 'data'), databaseUrl: null }
    await foundPlace(place)
  })
  const healthOf = async (url: string) => Health.parse(await (await fetch(`${url}/api/health`)).json())

  async function startAndWait(backupDir: string, until: (backup: NonNullable<Health['backup']>) => boolean) {
    server = await startServerProcess([], { ...environmentOf(place), BACKUP_DIR: backupDir })
    for (let tries = 0; ; tries += 1) {
      if (tries > 600) throw new Error(`no backup came of it: ${server.output()}`)
      const { backup } = await healthOf(server.url)
      if (backup === undefined) throw new Error('the server says nothing of its backup')
      if (until(backup)) return backup
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const stop = async () => {
    await server?.stop('SIGTERM')
    server = null
  }

  afterEach(stop)

  it('says nothing of a backup where none is asked for', async () => {
    expect(readConfig([], {})).toMatchObject({ config: { backupDir: null } })
    server = await startServerProcess([], environmentOf(place))
    expect((await healthOf(server.url)).backup).toBeUndefined()
  })

  it('says that it failed where the folder is not there, and does not make one', async () => {
    expect(await startAndWait(join(folder, 'no-disk'), ({ ok }) => !ok)).toEqual({ at: null, ok: false })
    expect(server?.output()).toContain('The nightly backup failed')
    expect(readdirSync(folder)).not.toContain('no-disk')
  })

  it('makes one at the first start, kept to its owner, from which another place can be restored; not again at the next', async () => {
    mkdirSync(nights())
    chmodSync(nights(), 0o700)
    const { ok } = await startAndWait(nights(), (backup) => backup.at !== null)
    expect(ok).toBe(true)
    await stop()
    const [file = '', ...more] = readdirSync(nights())
    expect(more).toEqual([])
    expect(statSync(join(nights(), file)).mode & 0o077).toBe(0)
    const restored = await runServerProgram('src/server/tasks/main.ts', ['restore', join(nights(), file)], {
      DATA_DIR: join(folder, 'other'),
    })
    expect(restored.code).toBe(0)
    await startAndWait(nights(), (backup) => backup.at !== null)
    await stop()
    expect(readdirSync(nights())).toEqual([file])
  })
})
