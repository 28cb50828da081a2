// Proof: of a file of 64 KiB no single flipped byte, no truncation and no random damage is taken, not even when the damage is signed anew.
import { openToSiteFile } from '#server/exchange/batch-file/open-file.ts'
import { type SeededRandom, seededRandom } from '#test/support/seeded-random.ts'
import { partsOf, randomNote, signedAgain, testFile } from '#test/support/test-batch-file.ts'
import type { TestDevice } from '#test/support/test-device.ts'
import { marks } from '#test/support/test-lesson.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'

const FILE_BYTES = 64 * 1024

export interface FileFigures {
  readonly fileBytes: number
  readonly flips: number
  readonly truncations: number
  readonly fuzzed: number
  readonly signedAnew: number
  /** Cases that were taken, each in a few words; there must be none. */
  readonly accepted: readonly string[]
  /** How often each reason was given. */
  readonly reasons: Readonly<Record<string, number>>
}

/** How much to prove: `sample` cases of all flips and truncations, null for every one. */
export interface FileProof {
  readonly seed: number
  readonly sample: number | null
  readonly fuzzed: number
  readonly signedAnew: number
}

/** A file of nearly 64 KiB with marks and a note that cannot be packed. */
async function fileOf(server: TestServer, device: TestDevice): Promise<Uint8Array> {
  const bytesWith = async (noteBytes: number) =>
    (await testFile(server.context, device, partsOf(device, { notes: [randomNote(seededRandom(7), noteBytes)] }))).bytes
  // Random text packs to a little more than its bytes, so the size is found by coming nearer.
  let noteBytes = FILE_BYTES / 2
  let bytes = await bytesWith(noteBytes)
  for (let turn = 0; turn < 4; turn += 1) {
    noteBytes += FILE_BYTES - 8 - bytes.length
    bytes = await bytesWith(noteBytes)
  }
  return bytes
}

function flipped(bytes: Uint8Array, at: number, random: SeededRandom): Uint8Array {
  const wrong = Buffer.from(bytes)
  wrong[at] = (wrong[at] ?? 0) ^ random.integer(1, 255)
  return wrong
}

/** Several kinds of damage at once, as a stick or a person makes it. */
function damaged(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  let wrong: Uint8Array = Buffer.from(bytes)
  for (let times = random.integer(1, 4); times > 0; times -= 1) {
    const at = random.integer(0, Math.max(0, wrong.length - 1))
    const count = random.integer(1, random.pick([4, 64, 4096]))
    const kind = random.integer(0, 4)
    if (kind === 0) wrong.fill(random.integer(0, 255), at, Math.min(at + count, wrong.length))
    else if (kind === 1) wrong.set(random.bytes(Math.min(count, wrong.length - at)), at)
    else if (kind === 2) wrong = Buffer.concat([wrong.subarray(0, at), wrong.subarray(at + count)])
    else if (kind === 3) wrong = Buffer.concat([wrong.subarray(0, at), random.bytes(count), wrong.subarray(at)])
    else wrong.copyWithin(at, random.integer(0, Math.max(0, wrong.length - 1)), wrong.length)
  }
  return wrong
}

const isSame = (left: Uint8Array, right: Uint8Array) => Buffer.compare(left, right) === 0

/** Plays the cases against the very function an import begins with. */
export async function proveBatchFile({ seed, sample, fuzzed, signedAnew }: FileProof): Promise<FileFigures> {
  const server = await startTestServer({ listens: false })
  await foundTestFacility(server)
  const device = await server.join('instructor')
  for (const mark of marks(40)) device.chain.record(mark)
  const random = seededRandom(seed)
  const bytes = await fileOf(server, device)
  const accepted: string[] = []
  const reasons: Record<string, number> = {}
  const offer = async (wrong: Uint8Array, words: string): Promise<void> => {
    if (isSame(wrong, bytes)) return
    const outcome = await openToSiteFile(server.context, wrong)
    const reason = outcome.ok ? 'accepted' : outcome.problem.code
    reasons[reason] = (reasons[reason] ?? 0) + 1
    if (outcome.ok) accepted.push(words)
  }
  const places = Array.from({ length: bytes.length }, (_, at) => at)
  const chosen = () => (sample === null ? places : random.shuffle(places).slice(0, Math.ceil(sample / 2)))
  const flips = chosen()
  for (const at of flips) await offer(flipped(bytes, at, random), `flip at ${String(at)}`)
  const truncations = chosen()
  for (const at of truncations) await offer(bytes.subarray(0, at), `cut to ${String(at)}`)
  for (let turn = 0; turn < fuzzed; turn += 1) await offer(damaged(bytes, random), `fuzz ${String(turn)}`)
  for (let turn = 0; turn < signedAnew; turn += 1) {
    const at = random.integer(0, bytes.length - 65)
    await offer(signedAgain(flipped(bytes, at, random), device.key.sign), `signed anew, flip at ${String(at)}`)
  }
  // The proof proves nothing when the file itself is not taken.
  if (!(await openToSiteFile(server.context, bytes)).ok) accepted.push('the whole file is refused')
  await server.stop()
  return {
    ...{ fileBytes: bytes.length, flips: flips.length, truncations: truncations.length, fuzzed, signedAnew },
    ...{ accepted, reasons },
  }
}
