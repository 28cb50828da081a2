// Reads a QR symbol as a scanner does: from the dark and light fields, without the program that drew it. Level M, byte mode.
// Error correction is left out: what stands on a screen has no stains.

type Fields = readonly (readonly boolean[])[]

/** Block sizes of level M by version (ISO/IEC 18004, table 9). */
const ECC_CODEWORDS = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26]
const ECC_CODEWORDS_FROM_22 = 28
const BLOCKS = [
  ...[0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21],
  ...[23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
]
const LEVEL_M = 0
const BYTE_MODE = 0b0100
const FORMAT_MASK = 0x5412

const masks: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

/** The fields of a symbol drawn as squares `M{x} {y}h1v1h-1z`, its quiet border cut off. */
export function fieldsOfPath(path: string): Fields {
  const dark = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  const border = Math.min(...dark.map(([x]) => x))
  const size = Math.max(...dark.map(([x]) => x)) - border + 1
  const fields = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  for (const [x, y] of dark) {
    const row = fields[y - border]
    if (row !== undefined) row[x - border] = true
  }
  return fields
}

/** The text of a symbol. Throws when it is not a symbol of level M in byte mode. */
export function readQr(fields: Fields): string {
  const version = (fields.length - 17) / 4
  const mask = readMask(fields)
  const data = joinBlocks(readCodewords(fields, version, mask), version)
  const bits = data.flatMap((byte) => Array.from({ length: 8 }, (_, index) => (byte >> (7 - index)) & 1))
  const number = (from: number, length: number) =>
    bits.slice(from, from + length).reduce((sum, bit) => sum * 2 + bit, 0)
  if (number(0, 4) !== BYTE_MODE) throw new Error('the symbol is not in byte mode')
  const countBits = version < 10 ? 8 : 16
  const count = number(4, countBits)
  const bytes = Array.from({ length: count }, (_, index) => number(4 + countBits + index * 8, 8))
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
}

function readMask(fields: Fields): number {
  const places = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((y) => [8, y] as const),
    ...[7, 5, 4, 3, 2, 1, 0].map((x) => [x, 8] as const),
  ]
  const bits = places.reduce((sum, [x, y], index) => sum | ((fields[y]?.[x] ? 1 : 0) << index), 0) ^ FORMAT_MASK
  if (bits >> 13 !== LEVEL_M) throw new Error('the symbol is not of level M')
  return (bits >> 10) & 7
}

function alignmentPlaces(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const last = version * 4 + 10
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - step * (count - 2 - index))]
}

/** Whether a field belongs to the symbol's own marks and holds no data. */
function isMark(x: number, y: number, version: number): boolean {
  const end = version * 4 + 17
  const isFinder = (x < 9 && y < 9) || (x >= end - 8 && y < 9) || (x < 9 && y >= end - 8)
  const isVersion = version >= 7 && ((x < 6 && y >= end - 11) || (y < 6 && x >= end - 11))
  const places = alignmentPlaces(version)
  const isAlignment = places.some((column) =>
    places.some((row) => {
      const isCorner = (column === 6 && (row === 6 || row === end - 7)) || (column === end - 7 && row === 6)
      return !isCorner && Math.abs(x - column) <= 2 && Math.abs(y - row) <= 2
    }),
  )
  return isFinder || isVersion || isAlignment || x === 6 || y === 6
}

/** Walks the columns of two from the right, up and down in turn. */
function readCodewords(fields: Fields, version: number, mask: number): number[] {
  const size = fields.length
  const bits: number[] = []
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    const isUpward = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (isMark(x, y, version)) continue
        const isInverted = masks[mask]?.(x, y) === 0
        bits.push((fields[y]?.[x] ?? false) === isInverted ? 0 : 1)
      }
    }
  }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0),
  )
}

/** Codewords lie in turns over the blocks; the first blocks may be one shorter. */
function joinBlocks(codewords: readonly number[], version: number): number[] {
  const blocks = BLOCKS[version] ?? 0
  const ecc = ECC_CODEWORDS[version] ?? ECC_CODEWORDS_FROM_22
  const short = blocks - (codewords.length % blocks)
  const shortLength = Math.floor(codewords.length / blocks) - ecc
  const data = Array.from({ length: blocks }, () => [] as number[])
  let next = 0
  for (let index = 0; index <= shortLength; index += 1) {
    for (const [place, block] of data.entries()) {
      if (index === shortLength && place < short) continue
      block.push(codewords[next] ?? 0)
      next += 1
    }
  }
  return data.flat()
}
