// Reads the occupation catalogue and the sample syllabi from the files beside this one.
// What the schema cannot see is checked here: references between the files, and that no syllabus repeats another.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CatalogueGroup, CatalogueOccupation, CatalogueSyllabus } from './catalogue-schema.ts'

/** The module every syllabus has in common: what is expected of anyone at work. */
export const SHARED_MODULE_ID = 'm01'

/** Groups in the order of the kiosk, occupations in the order of the table, syllabi by id. */
export interface Catalogue {
  readonly groups: readonly CatalogueGroup[]
  readonly occupations: readonly CatalogueOccupation[]
  readonly syllabi: readonly CatalogueSyllabus[]
}

function readJson<Shape extends z.ZodType>(folder: string, name: string, shape: Shape): z.infer<Shape> {
  const content: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const parsed = shape.safeParse(content)
  if (!parsed.success) throw new Error(`catalogue file ${name}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function requireDistinct(what: string, values: readonly string[]): void {
  const seen = new Set<string>()
  for (const value of values) {
    if (seen.has(value)) throw new Error(`catalogue: ${what} "${value}" occurs twice`)
    seen.add(value)
  }
}

function requireKnown(what: string, values: readonly string[], known: readonly string[]): void {
  const names = new Set(known)
  for (const value of values) if (!names.has(value)) throw new Error(`catalogue: ${what} "${value}" is not listed`)
}

/** A syllabus has its own modules; only the first is shared, and that one is the same everywhere. */
function requireOwnModules(syllabi: readonly CatalogueSyllabus[]): void {
  const shared = new Set<string>()
  const own: CatalogueSyllabus['modules'] = []
  for (const { modules } of syllabi) {
    for (const each of modules) {
      if (each.moduleId === SHARED_MODULE_ID) shared.add(JSON.stringify(each))
      else own.push(each)
    }
  }
  if (shared.size > 1) throw new Error('catalogue: the shared module differs between syllabi')
  requireDistinct(
    'module title',
    own.map(({ title }) => title),
  )
  requireDistinct(
    'English module title',
    own.map(({ titleEn }) => titleEn),
  )
}

/** Throws, with a sentence that names the fault, when the three lists do not fit together. */
export function checkCatalogue({ groups, occupations, syllabi }: Catalogue): void {
  const groupIds = groups.map(({ groupId }) => groupId)
  const occupationIds = occupations.map(({ occupationId }) => occupationId)
  requireDistinct('group', groupIds)
  requireDistinct('occupation', occupationIds)
  requireDistinct(
    'occupation name',
    occupations.map(({ name }) => name),
  )
  requireDistinct(
    'code',
    occupations.flatMap(({ code }) => (code === null ? [] : [code])),
  )
  requireDistinct(
    'syllabus',
    syllabi.map(({ syllabusId }) => syllabusId),
  )
  requireDistinct(
    'occupation and level',
    syllabi.map((row) => `${row.occupationId}/${row.skillLevel}`),
  )
  requireKnown(
    'group',
    occupations.map(({ groupId }) => groupId),
    groupIds,
  )
  requireKnown(
    'occupation',
    syllabi.map(({ occupationId }) => occupationId),
    occupationIds,
  )
  requireOwnModules(syllabi)
}

/**
 * Reads and checks the whole catalogue.
 * Throws when a file is missing, not of the shape, or does not fit the others: the files ship with the program, so that is a bug.
 * @clause 6
 */
export function loadCatalogue(folder: string = import.meta.dirname): Catalogue {
  const syllabusFolder = join(folder, 'syllabi')
  const names = readdirSync(syllabusFolder).filter((name) => name.endsWith('.json'))
  const catalogue: Catalogue = {
    groups: readJson(folder, 'groups.json', z.array(CatalogueGroup)),
    occupations: readJson(folder, 'occupations.json', z.array(CatalogueOccupation)),
    syllabi: names.sort().map((name) => readJson(syllabusFolder, name, CatalogueSyllabus)),
  }
  checkCatalogue(catalogue)
  return catalogue
}
