// What is carried by hand: files of tablets and the site's answers to them, in one pocket. They get damaged, forgotten, brought twice, in any order
// and to the wrong tablet.
import type { SeededRandom } from '#test/support/seeded-random.ts'
import { Violation } from './promises.ts'
import type { SimulatedSite } from './simulated-site.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'

interface CarriedFile {
  /** Name of the tablet it is from, or for. */
  readonly tablet: string
  readonly direction: 'to-site' | 'to-tablet'
  readonly bytes: Uint8Array
}

export interface SimulatedMedium {
  /** How many files were taken on either side. */
  readonly taken: number
  /** The tablet makes a file. */
  carryOut(tablet: SimulatedTablet): Promise<string>
  /** Some file is brought to the site. */
  bringToSite(): Promise<string>
  /** Some answer is brought to a tablet: `next` tells whose turn it is before it reads. */
  bringBack(tablets: readonly SimulatedTablet[], next: (tablet: SimulatedTablet) => void): Promise<string>
  /** There and back without harm. */
  round(tablet: SimulatedTablet): Promise<void>
}

const POCKET_MAX = 10
const DAMAGED = 0.15

function damaged(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.integer(0, bytes.length - 1)
  if (random.chance(0.5)) return bytes.slice(0, at)
  const wrong = bytes.slice()
  wrong[at] = (wrong[at] ?? 0) ^ (1 << random.integer(0, 7))
  return wrong
}

/** An empty pocket before a site. */
export function makeSimulatedMedium(random: SeededRandom, site: SimulatedSite): SimulatedMedium {
  let pocket: CarriedFile[] = []
  let taken = 0
  const pickOf = (direction: CarriedFile['direction']): CarriedFile | null => {
    const files = pocket.filter((file) => file.direction === direction)
    return files.length === 0 ? null : random.pick(files)
  }
  function put(file: CarriedFile): void {
    pocket = [...pocket, file].slice(-POCKET_MAX)
  }
  function perhapsLose(file: CarriedFile): void {
    if (random.chance(0.6)) pocket = pocket.filter((one) => one !== file)
  }
  async function bringToSite(): Promise<string> {
    const file = pickOf('to-site')
    if (file === null) return 'nothing to bring to the site'
    if (random.chance(DAMAGED)) {
      if ((await site.importFile(damaged(file.bytes, random), true)).isTaken)
        throw new Violation('I3', `a damaged file of tablet ${file.tablet} was taken by the site`)
      return `a damaged file of ${file.tablet} is brought to the site`
    }
    const { isTaken, answer, problem } = await site.importFile(file.bytes, true)
    if (isTaken) taken += 1
    if (answer !== null) put({ tablet: file.tablet, direction: 'to-tablet', bytes: answer })
    perhapsLose(file)
    return `a file of ${file.tablet} is brought to the site: ${problem ?? 'taken'}${answer === null ? ', no answer' : ''}`
  }
  return {
    get taken() {
      return taken
    },
    async carryOut(tablet) {
      const bytes = await tablet.exportFile()
      if (bytes === null) return `${tablet.name} could not make a file`
      put({ tablet: tablet.name, direction: 'to-site', bytes })
      return `${tablet.name} makes a file`
    },
    bringToSite,
    async bringBack(tablets, next) {
      const file = pickOf('to-tablet')
      const owner = tablets.find(({ name }) => name === file?.tablet)
      if (file === null || owner === undefined) return 'no answer to bring back'
      const reader = random.chance(0.9) ? owner : random.pick(tablets)
      next(reader)
      const isDamaged = random.chance(DAMAGED)
      const isTaken = await reader.readAnswer(isDamaged ? damaged(file.bytes, random) : file.bytes)
      const isForAnother = reader.device.deviceId !== owner.device.deviceId
      if (isTaken && (isDamaged || isForAnother))
        throw new Violation('I3', `tablet ${reader.name} took ${isDamaged ? 'a damaged answer' : "another's answer"}`)
      if (isTaken) taken += 1
      perhapsLose(file)
      return `${isDamaged ? 'a damaged' : 'an'} answer for ${owner.name} is brought to ${reader.name}: ${isTaken ? 'read' : 'not read'}`
    },
    async round(tablet) {
      const bytes = await tablet.exportFile()
      const { answer } = bytes === null ? { answer: null } : await site.importFile(bytes)
      if (answer !== null) await tablet.readAnswer(answer)
    },
  }
}
