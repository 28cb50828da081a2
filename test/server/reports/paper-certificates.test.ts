// Certificates: right for every character or not printed at all, and nothing on them but training.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { breakIntoLines } from '#server/reports/paper/certificate-lines.ts'
import { renderCertificatesPdf } from '#server/reports/paper/certificate-pdf.ts'
import { certificateSentence, dateInDigits, dateInWords } from '#server/reports/paper/certificate.template.ts'
import { readCharacterMap } from '#server/reports/paper/character-map.ts'
import { isCovered } from '#domain/certificate/printable.ts'
import { certificateFont, printableRanges } from '#server/reports/paper/certificate-font.ts'
import { findMissingGlyphs } from '#server/reports/paper/missing-glyphs.ts'
import type { CertificatePaper } from '#server/reports/paper/paper-input.ts'
import { fictionalPeople } from '#test/fixtures/spreadsheets/fictional-people.ts'
import type { InspectedPdf } from './paper-pdf-inspection.ts'
import { inspectPdf } from './paper-pdf-inspection.ts'

const qrText = `XC1.${'a1B2'.repeat(75)}.${'x'.repeat(86)}`
const longName = '阿不都克里木·阿不都热依木·吾买尔江·图尔荪尼亚孜·艾合买提江·吐尔地'

function aCertificate(change: Partial<CertificatePaper> = {}): CertificatePaper {
  return {
    number: 'SLPX-2026-012-0001',
    holderName: '石磊',
    idNumber: '340100199001010011',
    occupationName: '缝纫工',
    skillLevelLabel: '五级/初级工',
    startedOn: '2026-06-15',
    completedOn: '2026-11-11',
    classHours: 120,
    issuerName: '示例职业培训学校',
    issuedOn: '2026-11-25',
    qrText,
    ...change,
  }
}

async function printed(certificates: readonly CertificatePaper[], demonstration = false): Promise<Uint8Array> {
  const result = await renderCertificatesPdf(certificates, { demonstration })
  if (!result.ok) throw new Error(result.code)
  expect(result.pages).toBe(certificates.length)
  return result.pdf
}

describe('renderCertificatesPdf', () => {
  const people = fictionalPeople(200, '2026-11-24', 9)
    .filter(({ name }) => !/[\u{20bb7}]/u.test(name))
    .slice(0, 40)
  const wholeClass = people.map(({ name, idNumber }, index) =>
    aCertificate({ number: `SLPX-2026-012-${String(index + 1).padStart(4, '0')}`, holderName: name, idNumber }),
  )
  let bytes: Uint8Array
  let pdf: InspectedPdf

  beforeAll(async () => {
    bytes = await printed(wholeClass, true)
    pdf = inspectPdf(bytes)
  })

  it('prints a page for each certificate of a class, in order, A4 landscape, under 400 kB', () => {
    expect(pdf.pages).toHaveLength(40)
    pdf.pages.forEach((page, index) => {
      expect(page.text).toContain(`学员${wholeClass[index]?.holderName}，身份证件号码${wholeClass[index]?.idNumber}，`)
      expect(page.text).toContain(wholeClass[index]?.number)
    })
    expect(new Set(pdf.mediaBoxes)).toEqual(new Set(['0 0 841.89 595.28']))
    expect(bytes.byteLength).toBeLessThan(400_000)
  })

  it('draws an outline for every character, rare ones included', async () => {
    const names = ['孟𬭚', '㛃然', '𫖯仁', '王䶮', '扎西·顿珠', longName]
    const rare = inspectPdf(await printed(names.map((holderName) => aCertificate({ holderName }))))
    rare.pages.forEach((page, index) => {
      expect(page.text).toContain(names[index])
      const empty = page.glyphs.filter(
        ({ glyph, character }) => character.trim() !== '' && rare.outlineBytes(glyph) === 0,
      )
      expect(empty).toEqual([])
    })
  })

  it('[CRT-8] says all that a training certificate must say, in the words of the form', async () => {
    const page = inspectPdf(await printed([aCertificate()])).pages[0]
    expect(page?.text).toContain('培训合格证书')
    expect(page?.text).toContain(
      '于2026 年 6 月 15 日至2026 年 11 月 11 日参加缝纫工（五级/初级工）培训（全程120学时）',
    )
    expect(page?.text).toContain('示例职业培训学校二〇二六年十一月二十五日盖章处')
    expect(page?.text).not.toContain('演示数据')
  })

  it('marks demonstration certificates', () => {
    for (const page of pdf.pages) expect(page.text).toContain('演示数据')
  })

  it('prints -- where there is no identity number', async () => {
    expect(inspectPdf(await printed([aCertificate({ idNumber: null })])).pages[0]?.text).toContain('身份证件号码--，')
  })

  it('keeps names and places out of the file’s own description, and is the same file each time', async () => {
    expect(pdf.info).not.toMatch(/Author|Subject|Keywords/)
    const readable = Buffer.from(bytes).toString('latin1')
    for (const person of people.slice(0, 5))
      expect(readable.includes(Buffer.from(person.name, 'utf16le').swap16().toString('latin1'))).toBe(false)
    expect(await printed(wholeClass, true)).toEqual(bytes)
  })

  it('keeps a name of more than thirty characters whole', async () => {
    const name = Array.from({ length: 8 }, () => '阿不都热依木').join('·')
    expect([...name].length).toBeGreaterThan(50)
    const text = inspectPdf(
      await printed([
        aCertificate({
          holderName: name,
          issuerName: '安徽省示例市第二职业技术与就业创业联合培训中心（综合实训基地）',
        }),
      ]),
    ).pages[0]?.text
    expect(text).toContain(`学员${name}，`)
    expect(text).toContain('安徽省示例市第二职业技术与就业创业联合培训中心（综合实训基地）')
  })

  it('refuses before printing when a character has no glyph, and names place and code point', async () => {
    const result = await renderCertificatesPdf(
      [aCertificate(), aCertificate({ number: 'SLPX-2026-012-0002', holderName: '𠮷野𠮷' })],
      { demonstration: false },
    )
    expect(result).toEqual({
      ok: false,
      code: 'certificate/glyph-missing',
      missing: [{ index: 1, number: 'SLPX-2026-012-0002', field: 'holderName', character: '𠮷', codePoint: 'U+20BB7' }],
    })
  })

  it('refuses in every printed field', async () => {
    for (const field of ['occupationName', 'issuerName', 'skillLevelLabel'] as const) {
      const result = await renderCertificatesPdf([aCertificate({ [field]: '工𡒉' })], { demonstration: false })
      expect(result).toMatchObject({ ok: false, missing: [{ index: 0, field, codePoint: 'U+21489' }] })
    }
  })

  it('refuses to print nobody', async () => {
    expect(await renderCertificatesPdf([], { demonstration: false })).toEqual({
      ok: false,
      code: 'certificate/none-to-print',
    })
  })
})

describe('printableRanges', () => {
  it('say of every character what the font itself says', async () => {
    const ranges = await printableRanges()
    const { characters } = await certificateFont()
    const wrong: number[] = []
    for (let code = 0; code <= 0x10ffff; code += 1)
      if (isCovered(ranges, code) !== (characters(code) !== 0)) wrong.push(code)
    expect(wrong).toEqual([])
    expect(ranges.every(([first, last], index) => first <= last && first > (ranges[index - 1]?.[1] ?? -2) + 1)).toBe(
      true,
    )
  })
})

describe('findMissingGlyphs', () => {
  it('finds what the typeface lacks and nothing else', async () => {
    expect(await findMissingGlyphs('石磊·买买提㛃䶮𬭚𫖯〇ABCxyz0123-（），。')).toEqual([])
    expect(await findMissingGlyphs('𠮷𬎆x𡒉𠮷')).toEqual([
      { character: '𠮷', codePoint: 'U+20BB7' },
      { character: '𬎆', codePoint: 'U+2C386' },
      { character: '𡒉', codePoint: 'U+21489' },
    ])
    expect(await findMissingGlyphs('\ue000')).toEqual([{ character: '\ue000', codePoint: 'U+E000' }])
  })
})

describe('readCharacterMap', () => {
  it('reads format 12 from the carried font', () => {
    const map = readCharacterMap(
      readFileSync(new URL('../../../src/server/reports/fonts/NotoSerifSC-Regular.ttf', import.meta.url)),
    )
    expect(map(0x4e00)).toBeGreaterThan(0)
    expect(map(0x20bb7)).toBe(0)
    expect(map(0x10ffff)).toBe(0)
  })

  it('reads format 4, by difference and through the list, and knows nothing above the basic plane', () => {
    const map = readCharacterMap(fontWithFormat4())
    expect([0x40, 0x41, 0x43, 0x44, 0x61, 0x62, 0x63, 0x1f600].map(map)).toEqual([0, 5, 7, 0, 9, 0, 0, 0])
  })

  it('throws on a file without a character map', () => {
    expect(() => readCharacterMap(new Uint8Array(64))).toThrow('cmap')
  })
})

/** A font of nothing but a character map: A-C are glyphs 5-7 by difference, a-b go through a list of 9 and 0. */
function fontWithFormat4(): Uint8Array {
  const words = [4, 0, 0, 6, 0, 0, 0, 0x43, 0x62, 0xffff, 0, 0x41, 0x61, 0xffff, 65536 - 0x41 + 5, 0, 1, 0, 4, 0, 9, 0]
  const view = new DataView(new ArrayBuffer(28 + 12 + words.length * 2))
  view.setUint16(4, 1)
  ;[...'cmap'].forEach((letter, index) => {
    view.setUint8(12 + index, letter.charCodeAt(0))
  })
  view.setUint32(20, 28)
  view.setUint16(30, 1)
  view.setUint32(36, 12)
  words.forEach((word, index) => {
    view.setUint16(40 + index * 2, word)
  })
  return new Uint8Array(view.buffer)
}

describe('breakIntoLines', () => {
  const measure = (text: string, isField: boolean): number => [...text].length * (isField ? 22 : 19)
  const nameCharacter = fc.constantFrom(...'阿不都热依木买提·石磊吾尔江')

  it('cuts nothing, exceeds no line, and lets no line begin with a closing mark, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: nameCharacter, minLength: 1, maxLength: 90 }),
        fc.string({ unit: nameCharacter, minLength: 1, maxLength: 60 }),
        (holderName, occupationName) => {
          const runs = certificateSentence(aCertificate({ holderName, occupationName }))
          const lines = breakIntoLines(runs, 680, 6, measure)
          expect(
            lines
              .flat()
              .map((run) => run.text)
              .join(''),
          ).toBe(runs.map((run) => run.text).join(''))
          for (const line of lines) {
            const end = line.at(-1)
            expect((end?.x ?? 0) + (end?.width ?? 0)).toBeLessThanOrEqual(680.001)
            expect(line[0]?.text).not.toMatch(/^[，。）]/)
          }
        },
      ),
      { seed: 20261124, numRuns: 400 },
    )
  })

  it('keeps dates and numbers on one line', () => {
    const lines = breakIntoLines(certificateSentence(aCertificate({ holderName: longName })), 680, 6, measure)
    const fields = lines
      .flat()
      .filter((run) => run.isField)
      .map((run) => run.text)
    expect(fields).toEqual(
      expect.arrayContaining(['340100199001010011', '2026 年 6 月 15 日', '2026 年 11 月 11 日', '120']),
    )
  })
})

describe('certificate dates', () => {
  it.each([
    ['2026-11-25', '二〇二六年十一月二十五日', '2026 年 11 月 25 日'],
    ['2030-10-10', '二〇三〇年十月十日', '2030 年 10 月 10 日'],
    ['2027-01-01', '二〇二七年一月一日', '2027 年 1 月 1 日'],
    ['2027-02-20', '二〇二七年二月二十日', '2027 年 2 月 20 日'],
    ['2027-12-31', '二〇二七年十二月三十一日', '2027 年 12 月 31 日'],
  ])('%s', (on, words, digits) => {
    expect(dateInWords(on)).toBe(words)
    expect(dateInDigits(on)).toBe(digits)
  })
})
