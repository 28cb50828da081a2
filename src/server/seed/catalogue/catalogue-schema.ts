// The shape of the catalogue files in this folder: strict, so that a misspelt key is found and not ignored.
// The words in the files are our own. A sample syllabus never claims to be a national standard.
import { z } from 'zod'
import { ModuleKind } from '#contract/kinds/catalogue.ts'
import { CertificateKind, SkillLevel } from '#contract/values.ts'

const CLASS_HOUR_MINUTES = 45

const Words = z.string().min(1)
const Slug = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
const OccupationCode = z.string().regex(/^\d-\d{2}-\d{2}-\d{2}$/)
const Proof = z.enum(['verified', 'unverified', 'predecessor'])
const ClassTime = z.int().min(0).multipleOf(CLASS_HOUR_MINUTES)

/** Says so when an optional note stands in one language only. */
function inBothLanguages(row: Record<string, unknown>, key: string): boolean {
  return (row[key] === undefined) === (row[`${key}En`] === undefined)
}

/** One of the ten doors of the kiosk's first page. `icon` is a Phosphor duotone name, `plate` one of five fixed colours. */
export const CatalogueGroup = z.strictObject({
  groupId: Slug,
  name: Words,
  nameEn: Words,
  hint: Words,
  hintEn: Words,
  icon: Slug,
  plate: z.int().min(1).max(5),
})
export type CatalogueGroup = z.infer<typeof CatalogueGroup>

const perLevel = <Value extends z.ZodType>(value: Value) => z.strictObject({ 5: value, 4: value })

/**
 * An occupation as the files hold it. Edition and code stand or fall together; without a code a note says why.
 * `standardHours` are class hours of 45 minutes, null where none were found.
 */
export const CatalogueOccupation = z
  .strictObject({
    occupationId: Slug,
    name: Words,
    nameEn: Words,
    pinyin: z.string().regex(/^[a-z]+( [a-z]+)*$/),
    initials: z.string().regex(/^[a-z]+$/),
    edition: z.literal('2022').nullable(),
    code: OccupationCode.nullable(),
    codeNote: Words.optional(),
    codeNoteEn: Words.optional(),
    earlierCodes: z.array(
      z.strictObject({ edition: z.enum(['2015', '1999']), code: OccupationCode, verified: z.boolean() }),
    ),
    remark: Words.optional(),
    remarkEn: Words.optional(),
    groupId: Slug,
    icon: Slug,
    summary: Words,
    summaryEn: Words,
    description: z.array(Words).min(4).max(6),
    descriptionEn: z.array(Words),
    day: z.array(z.strictObject({ icon: Slug, text: Words, textEn: Words })).length(3),
    levels: z.tuple([z.literal(5), z.literal(4)]),
    certificateRoutes: perLevel(z.array(CertificateKind).min(1)),
    standard: Words.nullable(),
    standardStatus: Proof,
    standardNote: Words.optional(),
    standardNoteEn: Words.optional(),
    standardHours: perLevel(z.int().positive().nullable()),
    standardHoursStatus: Proof,
    standardHoursNote: Words.optional(),
    standardHoursNoteEn: Words.optional(),
    equipment: z.array(Words).min(1),
    equipmentEn: z.array(Words).min(1),
    safety: Words,
    safetyEn: Words,
  })
  .refine((row) => (row.code === null) === (row.edition === null), 'a code needs its edition')
  .refine((row) => row.code !== null || row.codeNote !== undefined, 'say why there is no code')
  .refine((row) => row.description.length === row.descriptionEn.length, 'each sentence needs its English')
  .refine((row) => row.equipment.length === row.equipmentEn.length, 'each piece of equipment needs its English')
  .refine(
    (row) => ['codeNote', 'remark', 'standardNote', 'standardHoursNote'].every((key) => inBothLanguages(row, key)),
    'a note stands in both languages',
  )
export type CatalogueOccupation = z.infer<typeof CatalogueOccupation>

/** One teaching unit; minutes of theory and of practice apart, each a whole number of class hours. */
const CatalogueModule = z
  .strictObject({
    moduleId: z.string().regex(/^m\d{2}$/),
    kind: ModuleKind,
    title: Words,
    titleEn: Words,
    points: z.array(Words).min(3).max(4),
    pointsEn: z.array(Words),
    theoryMinutes: ClassTime,
    practicalMinutes: ClassTime,
  })
  .refine((row) => row.points.length === row.pointsEn.length, 'each point needs its English')
  .refine((row) => row.theoryMinutes + row.practicalMinutes > 0, 'a module takes time')

// A part is passed with 60 of 100, each part for itself; scores are tenths of a point.
const passMark = { passTenths: z.literal(600), fullTenths: z.literal(1000) }

const Criterion = z.strictObject({ name: Words, nameEn: Words, weightPercent: z.int().min(1).max(100) })

const Practical = z
  .strictObject({
    minutes: z.int().min(60),
    task: Words,
    taskEn: Words,
    criteria: z.array(Criterion).min(3),
    ...passMark,
  })
  .refine(
    (part) => part.criteria.reduce((sum, { weightPercent }) => sum + weightPercent, 0) === 100,
    'weights add up to 100',
  )

/** A sample syllabus for one occupation and level, marked as a sample for whoever reads it. */
export const CatalogueSyllabus = z
  .strictObject({
    syllabusId: Slug,
    occupationId: Slug,
    skillLevel: SkillLevel,
    version: z.int().min(1),
    sample: z.literal(true),
    mark: z.literal('示例大纲'),
    title: Words,
    titleEn: Words,
    aim: Words,
    aimEn: Words,
    modules: z.array(CatalogueModule).min(8).max(12),
    assessment: z.strictObject({
      theory: z.strictObject({ minutes: z.int().min(90), form: Words, formEn: Words, ...passMark }),
      practical: Practical,
    }),
  })
  .refine(
    (row) => new Set(row.modules.map(({ moduleId }) => moduleId)).size === row.modules.length,
    'module ids differ',
  )
export type CatalogueSyllabus = z.infer<typeof CatalogueSyllabus>
