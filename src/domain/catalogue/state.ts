// One occupation with its syllabi as folded from `catalogue/<occupationId>`.
import type { Occupation, Syllabus } from '#contract/kinds/catalogue.ts'

/** `syllabi` in order of publication; a class pins one by its id. */
export interface CatalogueState {
  readonly occupation: Occupation | null
  readonly syllabi: readonly Syllabus[]
}
