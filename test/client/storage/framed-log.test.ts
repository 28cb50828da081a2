import { describe, expect, it } from 'vitest'
import { type Frame, openFramedLog } from '#client/storage/framed-log.ts'
import { createLogFiles } from '#client/storage/log-files.ts'
import { emptyFile, type MemoryFile, memoryFile, testCrc32 } from '#test/support/memory-files.ts'
import { seededRandom } from '#test/support/seeded-random.ts'

const frame = (index: number): Frame => ({
  head: `frame ${String(index)}`,
  body: `文字 ${'x'.repeat(index * 7)}\nsecond line`,
})
const frames = (count: number): Frame[] => Array.from({ length: count }, (_, index) => frame(index))

function written(count: number): MemoryFile {
  const file = emptyFile()
  const log = openFramedLog(memoryFile(file), testCrc32, 'whole')
  for (const one of frames(count)) log.append([one])
  return file
}

function readAll(file: MemoryFile): Frame[] {
  const log = openFramedLog(memoryFile(file), testCrc32, 'whole')
  return log.heads.map((head, index) => ({ head, body: log.body(index) ?? 'unreadable' }))
}

describe('a log of frames', () => {
  it('gives back what was appended, and goes on after it', () => {
    const file = written(5)
    openFramedLog(memoryFile(file), testCrc32, 'heads').append([frame(5), frame(6)])
    expect(readAll(file)).toEqual(frames(7))
  })

  it('keeps every whole frame wherever the end is torn, and goes on appending behind it', () => {
    const whole = written(4)
    const size = whole.bytes.length
    const ends = frames(4).map((_, index) => written(index + 1).bytes.length)
    for (let cut = 0; cut < size; cut += 1) {
      const file = { bytes: whole.bytes.slice(0, cut), owner: null }
      const kept = ends.filter((end) => end <= cut).length
      const log = openFramedLog(memoryFile(file), testCrc32, 'whole')
      expect(log.heads).toEqual(frames(kept).map(({ head }) => head))
      expect(log.damage?.length ?? 0).toBe(cut - (ends[kept - 1] ?? 0))
      log.append([frame(9)])
      expect(readAll(file)).toEqual([...frames(kept), frame(9)])
    }
  })

  it('reads no frame of which a single bit was changed, nor anything behind it', () => {
    const whole = written(3)
    for (let bit = 0; bit < whole.bytes.length * 8; bit += 1) {
      const file = { bytes: whole.bytes.slice(), owner: null }
      const at = Math.floor(bit / 8)
      file.bytes[at] = (file.bytes[at] ?? 0) ^ (1 << (bit % 8))
      const found = readAll(file)
      expect(found).toEqual(frames(found.length))
      expect(found.length).toBeLessThan(3)
    }
  })

  it('takes a zeroed block for no frames', () => {
    const file = written(2)
    const zeroed = new Uint8Array(file.bytes.length + 4096)
    zeroed.set(file.bytes)
    expect(readAll({ bytes: zeroed, owner: null })).toEqual(frames(2))
  })

  it('is as it was when an append fails, and takes the next', () => {
    const file = written(2)
    let fails = true
    const log = openFramedLog(
      memoryFile(file, () => fails),
      testCrc32,
      'whole',
    )
    expect(() => log.append([frame(2)])).toThrow('no room')
    fails = false
    log.append([frame(2)])
    expect(readAll(file)).toEqual(frames(3))
  })
})

describe('the files of a device', () => {
  const source = (files: Map<string, MemoryFile>) => async (name: string) => {
    const file = files.get(name) ?? emptyFile()
    files.set(name, file)
    return memoryFile(file)
  }
  const KEPT = { name: 'kept', check: 'whole', rewritten: true } as const
  const JOURNAL = { name: 'journal', check: 'whole', rewritten: false } as const

  it('puts a damaged end aside before it is cut off', async () => {
    const files = new Map([['journal', written(3)]])
    const journal = files.get('journal')
    if (journal === undefined) throw new Error('no journal')
    const torn = journal.bytes.slice(0, -5)
    journal.bytes = torn
    const logs = createLogFiles(source(files), testCrc32)
    const { heads, damagedBytes } = await logs.open(JOURNAL)
    expect(heads).toHaveLength(2)
    const [kept] = readAll(files.get('damaged') ?? emptyFile())
    expect(kept?.head).toBe(`journal ${String(damagedBytes)}`)
    expect(kept?.body).toBe(Buffer.from(torn.subarray(torn.length - damagedBytes)).toString('hex'))
  })

  it('a rewriting that was cut at any byte leaves either the old frames or the new', async () => {
    const random = seededRandom(5)
    const old = frames(3)
    const fresh = [frame(7), frame(8)]
    for (let turn = 0; turn < 200; turn += 1) {
      const files = new Map<string, MemoryFile>()
      const first = createLogFiles(source(files), testCrc32)
      await first.open(KEPT)
      await first.append('kept', old)
      const before = new Map([...files].map(([name, file]) => [name, file.bytes.slice()]))
      await first.rewrite('kept', fresh)
      // The new file was written up to some byte and the old one not touched yet.
      const now = files.get('kept-1')
      if (now === undefined) throw new Error('no second file')
      const cut = random.integer(0, now.bytes.length)
      now.bytes = now.bytes.slice(0, cut)
      const isWhole = cut === files.get('kept-1')?.bytes.length && turn % 2 === 0
      const old0 = files.get('kept-0')
      if (old0 !== undefined && !isWhole) old0.bytes = before.get('kept-0') ?? old0.bytes
      const again = createLogFiles(source(files), testCrc32)
      const { heads } = await again.open(KEPT)
      const bodies = await again.bodies('kept', 0, heads.length)
      const found = heads.map((head, index) => ({ head, body: bodies[index] }))
      expect([JSON.stringify(old), JSON.stringify(fresh), '[]'].includes(JSON.stringify(found))).toBe(true)
      if (!isWhole) expect(found.length).toBeGreaterThan(0)
    }
  })
})
