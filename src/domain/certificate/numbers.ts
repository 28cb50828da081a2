// Certificate numbers: one kind made here, three checked by the rules of those who make them.
import type { CertificateKind, CalendarDate, SkillLevel } from '#contract/values.ts'
import type { RefusalCode } from '../shared/refusal.ts'

/**
 * The number of a training certificate: provider's code, class number (plan year and running number), serial in the class. Nothing in it
 * tells who the holder is or where he learnt. @clause 7 @rule CRT-1
 */
export function trainingNumber(providerCode: string, classNumber: string, serial: number): string {
  return `${providerCode}-${classNumber}-${String(serial).padStart(4, '0')}`
}

/** A training certificate's number in its parts, or null when it is none. */
export function parseTrainingNumber(
  number: string,
): { readonly providerCode: string; readonly classNumber: string; readonly serial: number } | null {
  const [, providerCode, classNumber, serial] = /^([A-Z]{2,6})-(\d{4}-\d{3})-(\d{4,})$/.exec(number) ?? []
  if (providerCode === undefined || classNumber === undefined || serial === undefined) return null
  return { providerCode, classNumber, serial: Number(serial) }
}

/** What a number has to agree with. */
export interface NumberedCertificate {
  readonly certificateKind: Exclude<CertificateKind, 'training'>
  readonly number: string
  readonly skillLevel: SkillLevel
  readonly issuedOn: CalendarDate
}

interface NumberRule {
  readonly form: RegExp
  /** Places counted from 0: where the two digits of the year begin, and where the level stands. */
  readonly yearAt?: number
  readonly levelAt?: number
}

const rules: { readonly [K in NumberedCertificate['certificateKind']]: NumberRule } = {
  skillLevel: { form: /^[YSJ]\d{21}$/, yearAt: 13, levelAt: 15 },
  nationalQualification: { form: /^\d{16}$/, yearAt: 0, levelAt: 10 },
  specificCapability: { form: /^[0-9A-Z-]{6,32}$/ },
}

/**
 * Checks the number of an outside certificate: 22 places for a skill level, 16 for a national qualification, 6 to 32 letters and digits for a
 * specific capability; the year is that of issue and the level that of the class. Null when it fits.
 * Refuses: certificate/number-malformed, certificate/number-year-differs, certificate/number-level-differs. @clause 7 @rule CRT-5
 */
export function refuseOutsideNumber({
  certificateKind,
  number,
  skillLevel,
  issuedOn,
}: NumberedCertificate): RefusalCode | null {
  const rule = rules[certificateKind]
  if (!rule.form.test(number)) return 'certificate/number-malformed'
  if (rule.yearAt !== undefined && number.slice(rule.yearAt, rule.yearAt + 2) !== issuedOn.slice(2, 4)) {
    return 'certificate/number-year-differs'
  }
  if (rule.levelAt !== undefined && number[rule.levelAt] !== String(skillLevel))
    return 'certificate/number-level-differs'
  return null
}

/** The two digits of Anhui in a skill-level number (GB/T 2260). */
const ANHUI = '34'

/** Whether a skill-level number names a body of another province: a person should look, it is not wrong by itself. @rule CRT-5 */
export function isOfOtherProvince({
  certificateKind,
  number,
}: Pick<NumberedCertificate, 'certificateKind' | 'number'>): boolean {
  return certificateKind === 'skillLevel' && number.slice(5, 7) !== ANHUI
}
