// How long a start takes: the first, which fills the demonstration, and every later one.
import { join } from 'node:path'
import { demonstrationFolder, startFacility, temporaryFolder } from './facility.ts'
import { type Benchmark, repeat, timed } from './measure.ts'

async function startMs(dataDir: string): Promise<number> {
  const { ms, value } = await timed(() => startFacility(dataDir))
  await value.stop()
  return ms
}

export const starts: Benchmark = {
  name: 'starts',
  async run(note, repeats) {
    const first = await repeat(repeats, () => startMs(join(temporaryFolder(), 'data')))
    note({ name: 'first start: process to ready line, demonstration filled', unit: 'ms', samples: first })
    const dataDir = await demonstrationFolder()
    note({
      name: 'later start: process to ready line',
      unit: 'ms',
      samples: await repeat(Math.max(5, repeats), () => startMs(dataDir)),
      limit: 5000,
    })
  },
}
