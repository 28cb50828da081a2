// From the catalogue's files to the shapes of the contract: one language beside the other.
import type { BothWords, Occupation, Syllabus } from '#contract/kinds/catalogue.ts'
import type { ModuleId, OccupationId, SkillLevel, SyllabusId } from '#contract/values.ts'
import type { CatalogueGroup, CatalogueOccupation, CatalogueSyllabus } from './catalogue-schema.ts'

const both = (zh: string, en: string): BothWords => ({ zh, en })

/** Lists of the two languages are of one length; the schema of the files has seen to that. */
const bothLists = (zh: readonly string[], en: readonly string[]): BothWords[] =>
  zh.map((words, index) => both(words, en[index] ?? words))

const noteOf = (zh: string | undefined, en: string | undefined): BothWords | null =>
  zh === undefined || en === undefined ? null : both(zh, en)

/** An occupation with its group; `order` is the group's place on the kiosk's first page. */
export function occupationEntry(row: CatalogueOccupation, groups: readonly CatalogueGroup[]): Occupation {
  const order = groups.findIndex((group) => group.groupId === row.groupId)
  const group = groups[order]
  if (group === undefined) throw new Error(`catalogue: occupation "${row.occupationId}" names no known group`)
  return {
    occupationId: row.occupationId as OccupationId,
    name: both(row.name, row.nameEn),
    pinyin: row.pinyin,
    initials: row.initials,
    edition: row.edition,
    code: row.code,
    codeNote: noteOf(row.codeNote, row.codeNoteEn) ?? noteOf(row.remark, row.remarkEn),
    group: {
      groupId: group.groupId,
      order,
      name: both(group.name, group.nameEn),
      hint: both(group.hint, group.hintEn),
      icon: group.icon,
      plate: group.plate,
    },
    icon: row.icon,
    summary: both(row.summary, row.summaryEn),
    description: bothLists(row.description, row.descriptionEn),
    day: row.day.map(({ icon, text, textEn }) => ({ icon, text: both(text, textEn) })),
    levels: [...row.levels],
    certificateRoutes: row.levels.map((skillLevel) => ({ skillLevel, kinds: row.certificateRoutes[skillLevel] })),
    standard: {
      text: row.standard,
      verified: row.standardStatus === 'verified',
      classHours: row.levels.flatMap((skillLevel) => classHoursOf(row, skillLevel)),
    },
    equipment: bothLists(row.equipment, row.equipmentEn),
    safety: both(row.safety, row.safetyEn),
  }
}

function classHoursOf(row: CatalogueOccupation, skillLevel: SkillLevel): { skillLevel: SkillLevel; hours: number }[] {
  const hours = row.standardHours[skillLevel]
  return hours === null ? [] : [{ skillLevel, hours }]
}

/** A sample syllabus. */
export function syllabusEntry(row: CatalogueSyllabus): Syllabus {
  const { theory, practical } = row.assessment
  return {
    syllabusId: row.syllabusId as SyllabusId,
    occupationId: row.occupationId as OccupationId,
    skillLevel: row.skillLevel,
    version: row.version,
    sample: row.sample,
    title: both(row.title, row.titleEn),
    aim: both(row.aim, row.aimEn),
    modules: row.modules.map((each) => ({
      moduleId: each.moduleId as ModuleId,
      kind: each.kind,
      title: both(each.title, each.titleEn),
      points: bothLists(each.points, each.pointsEn),
      theoryMinutes: each.theoryMinutes,
      practicalMinutes: each.practicalMinutes,
    })),
    assessment: {
      theory: { minutes: theory.minutes, form: both(theory.form, theory.formEn) },
      practical: {
        minutes: practical.minutes,
        task: both(practical.task, practical.taskEn),
        criteria: practical.criteria.map(({ name, nameEn, weightPercent }) => ({
          name: both(name, nameEn),
          weightPercent,
        })),
      },
    },
  }
}
