import { expect, it } from 'vitest'
import { isCovered, unprintableIn } from '#domain/certificate/printable.ts'

it('[CRT-7] a character is printable when the typeface has it, whichever end of a range it stands at', () => {
  const ranges = [
    [0x4e00, 0x9fff],
    [0x20000, 0x20002],
  ] as const
  const has = (codePoint: number) => isCovered(ranges, codePoint)
  expect([0x4dff, 0x4e00, 0x9fff, 0xa000, 0x20000, 0x20002, 0x20003].map(has)).toEqual([
    ...[false, true, true, false],
    ...[true, true, false],
  ])
  expect(isCovered([], 0x4e00)).toBe(false)
  expect(unprintableIn('𠮷一𠮷A', has)).toEqual([
    { character: '𠮷', codePoint: 'U+20BB7' },
    { character: 'A', codePoint: 'U+0041' },
  ])
})
