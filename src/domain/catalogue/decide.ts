// Decider of the catalogue: what is taught, and by which syllabus.
import type { ActBody } from '#contract/commands/acts.ts'
import type { Syllabus } from '#contract/kinds/catalogue.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'
import type { CatalogueState } from './state.ts'

/** The criteria of the practical test weigh 100 per cent together. @rule CAT-2 */
function weightOf(syllabus: Syllabus): number {
  return syllabus.assessment.practical.criteria.reduce((sum, criterion) => sum + criterion.weightPercent, 0)
}

/**
 * Publishes a syllabus version of an occupation and level; a published one never changes.
 * Refuses: catalogue/occupation-unknown, catalogue/level-not-offered, catalogue/syllabus-version-taken, catalogue/weights-not-100.
 * @clause 6 @rule CAT-1
 */
export const publishSyllabus: Decider<ActBody<'publishSyllabus'>, { catalogue: CatalogueState }> = {
  needs: (body) => [`catalogue/${body.syllabus.occupationId}`],
  decide({ syllabus }, read, context) {
    const stream = `catalogue/${syllabus.occupationId}`
    const { occupation, syllabi } = read.state('catalogue', stream)
    if (occupation === null) return refused('catalogue/occupation-unknown')
    if (!occupation.levels.includes(syllabus.skillLevel)) return refused('catalogue/level-not-offered')
    const isTaken = syllabi.some(
      (one) =>
        one.syllabusId === syllabus.syllabusId ||
        (one.skillLevel === syllabus.skillLevel && one.version === syllabus.version),
    )
    if (isTaken) return refused('catalogue/syllabus-version-taken', { version: syllabus.version })
    const weight = weightOf(syllabus)
    if (weight !== 100) return refused('catalogue/weights-not-100', { weight })
    return accepted([draftEntry('catalogue.syllabus-published.v1', stream, { syllabus }, context)])
  },
}
