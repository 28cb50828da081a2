// GB 11643: the examples of the standard, computed neighbours, and every single-digit slip.
import { describe, expect, it } from 'vitest'
import { checkIdNumber, isExistingDay } from '#server/exchange/spreadsheet/id-number.ts'

const valid = [
  '11010519491231002X',
  '440524188001010014',
  '340100199001010011',
  '341300198506150025',
  '340100200002290030',
]

describe('checkIdNumber', () => {
  it.each(valid)('accepts %s', (number) => {
    expect(checkIdNumber(number)).toMatchObject({ ok: true, idNumber: number })
  })

  it('reads birth and sex, a leap day included', () => {
    expect(checkIdNumber('340100200002290030')).toEqual({
      ok: true,
      idNumber: '340100200002290030',
      sex: 'male',
      bornOn: '2000-02-29',
    })
    expect(checkIdNumber('11010519491231002X')).toEqual({
      ok: true,
      idNumber: '11010519491231002X',
      sex: 'female',
      bornOn: '1949-12-31',
    })
  })

  it('tells a day that does not exist from a wrong check character', () => {
    expect(checkIdNumber('340100200102290011')).toEqual({ ok: false, code: 'birth-date' })
    expect(checkIdNumber('340100199001010012')).toEqual({ ok: false, code: 'checksum' })
  })

  it.each([
    '',
    '34010019900101001',
    '3401001990010100111',
    '34010019900101001x',
    '04010019900101001X',
    '3401OO199001010011',
  ])('refuses the shape of "%s"', (text) => {
    expect(checkIdNumber(text)).toEqual({ ok: false, code: 'shape' })
  })

  it('notices every change of one digit', () => {
    const number = '340100199001010011'
    for (let at = 0; at < 18; at += 1) {
      for (let digit = at === 0 ? 1 : 0; digit < 10; digit += 1) {
        const changed = number.slice(0, at) + String(digit) + number.slice(at + 1)
        if (changed !== number) expect(checkIdNumber(changed).ok, changed).toBe(false)
      }
    }
  })
})

describe('isExistingDay', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2027-04-31', false],
    ['2027-12-31', true],
    ['2027-13-01', false],
    ['2027-00-10', false],
    ['1899-12-31', false],
    ['2027-3-9', false],
  ])('%s: %s', (text, exists) => {
    expect(isExistingDay(text)).toBe(exists)
  })
})
