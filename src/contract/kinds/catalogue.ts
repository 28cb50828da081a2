// Occupations and syllabi. @clause 6
import { z } from 'zod'
import { CertificateKind, ModuleId, OccupationId, SkillLevel, SyllabusId } from '../values.ts'

const Words = z.string().min(1).max(400)

/** Words in both languages. */
export const BothWords = z.strictObject({ zh: Words, en: Words })
export type BothWords = z.infer<typeof BothWords>

/** An occupation of the catalogue. `edition` + `code` name it; code alone never does, since editions reuse codes. */
export const Occupation = z.strictObject({
  occupationId: OccupationId,
  name: BothWords,
  pinyin: z.string(),
  initials: z.string(),
  edition: z.string().nullable(),
  code: z
    .string()
    .regex(/^\d-\d{2}-\d{2}-\d{2}$/)
    .nullable(),
  codeNote: BothWords.nullable(),
  group: z.strictObject({
    groupId: z.string(),
    order: z.int(),
    name: BothWords,
    hint: BothWords,
    icon: z.string(),
    plate: z.int().min(1).max(5),
  }),
  icon: z.string(),
  summary: BothWords,
  description: z.array(BothWords).min(1),
  day: z.array(z.strictObject({ icon: z.string(), text: BothWords })),
  levels: z.array(SkillLevel).min(1),
  certificateRoutes: z.array(z.strictObject({ skillLevel: SkillLevel, kinds: z.array(CertificateKind).min(1) })),
  standard: z.strictObject({
    text: z.string().nullable(),
    verified: z.boolean(),
    classHours: z.array(z.strictObject({ skillLevel: SkillLevel, hours: z.int() })),
  }),
  equipment: z.array(BothWords),
  safety: BothWords,
})
export type Occupation = z.infer<typeof Occupation>

export const ModuleKind = z.enum(['professionalConduct', 'knowledge', 'specialSkill'])
export type ModuleKind = z.infer<typeof ModuleKind>

/** One teaching unit; minutes of theory and of practice apart. */
export const SyllabusModule = z.strictObject({
  moduleId: ModuleId,
  kind: ModuleKind,
  title: BothWords,
  points: z.array(BothWords),
  theoryMinutes: z.int().min(0).max(60_000),
  practicalMinutes: z.int().min(0).max(60_000),
})
export type SyllabusModule = z.infer<typeof SyllabusModule>

/** A syllabus version. `sample` true means written here as an example, never the national standard's. */
export const Syllabus = z.strictObject({
  syllabusId: SyllabusId,
  occupationId: OccupationId,
  skillLevel: SkillLevel,
  version: z.int().min(1),
  sample: z.boolean(),
  title: BothWords,
  aim: BothWords,
  modules: z.array(SyllabusModule).min(1).max(60),
  assessment: z.strictObject({
    theory: z.strictObject({ minutes: z.int(), form: BothWords }),
    practical: z.strictObject({
      minutes: z.int(),
      task: BothWords,
      criteria: z.array(z.strictObject({ name: BothWords, weightPercent: z.int().min(1).max(100) })),
    }),
  }),
})
export type Syllabus = z.infer<typeof Syllabus>

export const catalogueKinds = {
  'catalogue.occupation-listed.v1': z.strictObject({ occupation: Occupation }),
  'catalogue.syllabus-published.v1': z.strictObject({ syllabus: Syllabus }),
} as const
