// A certificate's QR text against the providers' keys: genuine, altered, unknown, or nothing of the kind.
import { describe, expect, it } from 'vitest'
import { joinCodeOf } from '#client/acts/join-device.ts'
import { verifyCertificate } from '#client/acts/verify-certificate.ts'
import { signClaim } from '#server/acts/certificate-signing.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'

const CLAIM = {
  v: 1,
  kid: 'K1',
  no: 'WP-2026-001-0001',
  name: '阿依古丽·买买提',
  project: '缝纫工',
  level: '初级',
  from: '2026-03-10',
  to: '2026-05-29',
  hours: 120,
  issuer: '示例培训学校',
  on: '2026-06-01',
} as const
const key = signingKeyOf(new Uint8Array(32).fill(5))
const { qrText } = signClaim(CLAIM, key)
const KEYS = [
  { keyId: 'K0', publicKey: signingKeyOf(new Uint8Array(32).fill(6)).publicKey },
  { keyId: 'K1', publicKey: key.publicKey },
]

describe('a certificate', () => {
  it('is genuine as signed, also with the blanks and breaks of typing', async () => {
    expect(await verifyCertificate(qrText, KEYS)).toEqual({ answer: 'valid', claim: CLAIM })
    expect(await verifyCertificate(` ${qrText.slice(0, 40)}\n  ${qrText.slice(40)} \r\n`, KEYS)).toMatchObject({
      answer: 'valid',
    })
  })

  it('is altered when any one character is another', async () => {
    const answers = new Set<string>()
    for (let place = 4; place < qrText.length; place += 7) {
      const other = qrText[place] === 'A' ? 'Q' : 'A'
      if (qrText[place] === '.') continue
      answers.add((await verifyCertificate(qrText.slice(0, place) + other + qrText.slice(place + 1), KEYS)).answer)
    }
    expect(answers.has('valid')).toBe(false)
    expect(answers).toContain('altered')
  })

  it('signed by another key under this key’s name is altered, and shows what it says', async () => {
    const forged = signClaim({ ...CLAIM, name: '别人' }, signingKeyOf(new Uint8Array(32).fill(9)))
    expect(await verifyCertificate(forged.qrText, KEYS)).toMatchObject({ answer: 'altered', claim: { name: '别人' } })
  })

  it('of an issuer without a key here is not judged', async () => {
    expect(await verifyCertificate(qrText, KEYS.slice(0, 1))).toEqual({ answer: 'unknown-key', claim: CLAIM })
  })

  it('is none when the text is something else', async () => {
    for (const text of ['', 'XC1', 'XC1.abc', 'XC2.abc.def', 'https://example.org', `${qrText}.more`]) {
      expect((await verifyCertificate(text, KEYS)).answer).toBe('not-a-certificate')
    }
  })

  it('is none when nothing can be read from it, although it begins like one: only what can be read can be altered', async () => {
    const [head = '', claim = '', signature = ''] = qrText.split('.')
    const spelled = (content: string) => Buffer.from(content).toString('base64url')
    for (const text of [
      'XC1.AAA.B',
      `XC1.AAA.${signature}`,
      `XC1.${spelled('no certificate')}.${signature}`,
      `XC1.${spelled(JSON.stringify({ ...CLAIM, hours: 'many' }))}.${signature}`,
      `XC1.${spelled(JSON.stringify({ v: 1 }))}.${signature}`,
      // Pasted in part: the rest of the signature is missing.
      qrText.slice(0, -20),
      `${head}.${claim.slice(0, -9)}.${signature}`,
    ]) {
      expect((await verifyCertificate(text, KEYS)).answer, text).toBe('not-a-certificate')
    }
  })
})

describe('a typed join code', () => {
  it('is taken in small letters and groups, and refused when it cannot be one', () => {
    expect(joinCodeOf(' abcd-2345 ')).toBe('ABCD2345')
    for (const typed of ['ABCD234', 'ABCD2345X', 'ABCD2340', 'ABCDI234', 'ABCDO234', '中文ABCD23'])
      expect(joinCodeOf(typed)).toBe(null)
  })
})
