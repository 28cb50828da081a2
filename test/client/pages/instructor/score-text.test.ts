// What is read as a score: exactly what is written, never rounded, never clamped.
import { describe, expect, it } from 'vitest'
import { pastedCells, readScore, scoreText } from '#client/stores/score-sheet-text.ts'

const words = { absent: ['缺考'], deferred: ['缓考'] }
const read = (text: string) => readScore(text, words)

describe('reading a score', () => {
  it.each([
    ['0', 0],
    ['60', 600],
    ['59.9', 599],
    ['100', 1000],
    ['100.0', 1000],
    [' ８１．５ ', 815],
  ])('%s is a score', (text, scoreTenths) => {
    expect(read(text)).toMatchObject({ kind: 'result', result: { scoreTenths } })
  })

  it.each([
    ['100.1', 'over-100'],
    ['101', 'over-100'],
    ['1000', 'over-100'],
    ['59.95', 'too-many-decimals'],
    ['-1', 'negative'],
    ['81分', 'not-a-number'],
    ['1e1', 'not-a-number'],
    ['٣٤', 'not-a-number'],
  ])('%s is none', (text, no) => {
    expect(read(text)).toEqual({ kind: 'no', no })
  })

  it('two digits are complete, except 10, which may become 100', () => {
    const complete = (text: string) => {
      const reading = read(text)
      return reading.kind === 'result' && reading.complete
    }
    expect(['9', '09', '10', '11', '99', '100', '10.5'].map(complete)).toEqual([
      false,
      true,
      false,
      true,
      true,
      true,
      true,
    ])
    expect([read('59.').kind, read('').kind, read('缺考')]).toEqual([
      'open',
      'empty',
      { kind: 'result', result: { word: 'absent' }, complete: true },
    ])
  })

  it('reads back as it was written, and a column keeps its empty lines', () => {
    expect([0, 595, 600, 1000].map(scoreText)).toEqual(['0', '59.5', '60', '100'])
    expect(pastedCells('70\r\n\r\n80\t90\r\n')).toEqual([['70'], [''], ['80', '90']])
  })
})
