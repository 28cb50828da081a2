// The file a tablet saves is taken in by the task as if it had been sent, also when the tablet has a key the site does not know.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRescueTask, readRescueFile } from '#server/tasks/import-rescue.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer } from '#test/support/test-server.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { markAbsent } from '../support/marks.ts'
import { seedClass, traineeIdOf } from '../support/test-class.ts'
import { nameOf, seedPeople } from '../support/test-people.ts'
import { joinTablet } from '../support/test-tablet.ts'
import type { TestTablet } from '../support/test-tablet.ts'

let site: TestServer
let tablet: TestTablet
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xincheng-rescue-'))
  site = await startTestServer({ listens: false })
  await foundTestFacility(site)
  await seedClass(site, 9)
  await seedPeople(site, 9)
  tablet = await joinTablet(site, { random: seededRandom(3), purpose: 'instructor' })
  await tablet.joined.sync.syncNow()
})
afterEach(async () => {
  await site.stop()
  await rm(folder, { recursive: true })
})

async function record(from: number, until: number): Promise<void> {
  for (let person = from; person <= until; person += 1) await tablet.joined.ledger.record(markAbsent(person))
}

async function importText(text: string) {
  const path = join(folder, 'rescue.ndjson')
  await writeFile(path, text)
  return importRescueTask(site.context, [path])
}

async function rescued() {
  const file = await tablet.core.rescue()
  if (file === null) throw new Error('nothing was rescued')
  return file
}

describe('a file of unsent records', () => {
  it('arrives whole, twice is once, and names nobody', async () => {
    await record(1, 5)
    const file = await rescued()
    expect(file.count).toBe(5)
    expect(file.name).toMatch(/^xincheng-[A-Za-z0-9_-]{6}-\d{12}\.ndjson$/)
    expect(file.text).not.toContain(nameOf(1))
    expect(await importText(file.text)).toMatchObject({ ok: true, facts: { recorded: 5, duplicate: 0, refused: 0 } })
    expect(await importText(file.text)).toMatchObject({ ok: true, facts: { recorded: 0, duplicate: 5 } })
    await tablet.joined.sync.syncNow()
    expect(tablet.joined.ledger.ownWork()).toMatchObject({ unsentCount: 0, refused: [] })
    expect(Object.keys((await tablet.joined.ledger.state('session', 'class/C1/session/S1')).history)).toHaveLength(5)
  })

  it('makes a renewed key known first, so that its signature counts', async () => {
    await record(1, 3)
    tablet.browser.disk = new IDBFactory()
    await tablet.reload()
    await record(4, 4)
    const { text } = await rescued()
    expect(JSON.parse(text.split('\n')[0] ?? '')).toHaveProperty('renewKey')
    expect(await importText(text)).toMatchObject({ ok: true, facts: { recorded: 4 } })
  })

  it('comes from the second store alone when IndexedDB cannot be opened', async () => {
    await record(1, 3)
    await tablet.reload({
      databases: () => {
        throw new DOMException('broken', 'UnknownError')
      },
    })
    expect(tablet.core.joined.value).toBeNull()
    expect(tablet.core.storageFault.value).toBe('storage-broken')
    const file = await rescued()
    expect(file.count).toBe(3)
    expect(await importText(file.text)).toMatchObject({ ok: true, facts: { recorded: 3 } })
  })

  it('is refused whole where a byte was changed or a line is missing', async () => {
    await record(1, 3)
    const { text } = await rescued()
    const lines = text.trimEnd().split('\n')
    for (const changed of [
      text.replace(traineeIdOf(2), traineeIdOf(7)),
      lines.slice(0, -1).join('\n'),
      [...lines.slice(0, 2), ...lines.slice(3)].join('\n'),
      text.slice(0, 40),
      '',
    ]) {
      expect(await importText(changed)).toMatchObject({ ok: false })
    }
    expect(readRescueFile(text)?.bodies).toHaveLength(1)
    expect(await importText(text)).toMatchObject({ ok: true, facts: { recorded: 3 } })
  })
})
