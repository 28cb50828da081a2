// Words the papers share that no form owns.
import type { ShortfallReason } from '#contract/kinds/training-class.ts'
import type { SkillLevel } from '#contract/values.ts'

/** The level as the forms of the labour department write it. @clause 6 */
export const skillLevelLabels: Readonly<Record<SkillLevel, string>> = { 5: '五级/初级工', 4: '四级/中级工' }

/**
 * The level as a training certificate names it: the standard the training followed. The words of a skill-level certificate are not used,
 * since this is none. @clause 7
 */
export const trainingLevelLabels: Readonly<Record<SkillLevel, string>> = { 5: '初级', 4: '中级' }

/** The remark of someone who left the class. */
export function withdrawnRemark(withdrawnOn: string): string {
  return `${withdrawnOn} 退班`
}

/** The remark of someone who was not expected at the assessment. */
export function barredRemark(thresholdPercent: number): string {
  return `学时不足 ${thresholdPercent}%，未准考`
}

const admissionReasonLabels: Readonly<Record<string, string>> = {
  'made-up-by-self-study': '自学补齐',
  'prior-skill': '已有基础',
  'released-soon': '即将期满',
}

/** The remark of someone below the threshold who was admitted to the assessment, with the reason on record. @rule ASM-3 */
export function admittedRemark(thresholdPercent: number, reason: string): string {
  return `学时不足 ${thresholdPercent}%，准考：${admissionReasonLabels[reason] ?? '其他'}`
}

/** Why a class had fewer hours than its syllabus. @rule CLS-14 */
export const shortfallReasonLabels: Readonly<Record<ShortfallReason, string>> = {
  'all-taught': '内容已全部教完，用时少于大纲',
  'part-only': '按班级计划只培训大纲的一部分',
  'lessons-lost': '停课没有补上',
  'people-leaving': '学员即将期满，提前结业',
  other: '其他',
}

/** The name of a class as people say it. */
export function classTitle(occupationName: string, skillLevel: SkillLevel): string {
  return `${occupationName}${trainingLevelLabels[skillLevel]}班`
}

/** Stands where a name should be and is not known. */
export const unnamed = '（无姓名）'

/** The line by which a paper can be traced: the ledger's position, the entry there, and the class's seal. */
export function proofLineOf(proof: {
  readonly position: number
  readonly entryId: string | null
  readonly sealHash: string | null
}): string {
  const parts = [`台账位置 ${proof.position}`]
  if (proof.entryId !== null) parts.push(`条目 ${proof.entryId.slice(0, 16)}`)
  if (proof.sealHash !== null) parts.push(`封存 ${proof.sealHash.slice(0, 16)}`)
  return parts.join('　')
}
