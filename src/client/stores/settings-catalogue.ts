// The catalogue as the office keeps it: occupations with their syllabi, and a syllabus becoming a new version.
import { computed, reactive, ref, watch } from 'vue'
import type { ActBody } from '#contract/commands/acts.ts'
import type { BothWords, ModuleKind, Occupation, Syllabus } from '#contract/kinds/catalogue.ts'
import type { ModuleId, OccupationId, SkillLevel, SyllabusId } from '#contract/values.ts'
import { catalogueStream } from '#contract/streams.ts'
import { publishSyllabus } from '#domain/catalogue/decide.ts'
import type { CatalogueState } from '#domain/catalogue/state.ts'
import { useToday } from '#client/stores/clock.ts'
import { useLiveFamily, useLiveState } from '#client/stores/live-state.ts'
import { readerOver } from '#client/stores/local-reader.ts'
import { newId } from '#client/stores/new-id.ts'
import { fieldTroubles } from '#client/stores/settings-act.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

/** One occupation in short; `syllabi` holds the newest version of each level. */
export interface CatalogueRow {
  readonly occupation: Occupation
  readonly syllabi: readonly Syllabus[]
}

/** The newest version of each level, junior first. */
export function newestSyllabi(syllabi: readonly Syllabus[]): readonly Syllabus[] {
  const newest = new Map<SkillLevel, Syllabus>()
  for (const one of syllabi)
    if ((newest.get(one.skillLevel)?.version ?? 0) < one.version) newest.set(one.skillLevel, one)
  return [...newest.values()].sort((one, other) => other.skillLevel - one.skillLevel)
}

export function useCatalogue() {
  const catalogue = useLiveFamily('catalogue')
  return computed(() =>
    catalogue.value
      ?.flatMap(({ state }): CatalogueRow[] =>
        state.occupation === null ? [] : [{ occupation: state.occupation, syllabi: newestSyllabi(state.syllabi) }],
      )
      .sort(
        ({ occupation: one }, { occupation: other }) =>
          one.group.order - other.group.order || one.occupationId.localeCompare(other.occupationId),
      ),
  )
}

export function useOccupation(id: () => OccupationId) {
  return useLiveState('catalogue', () => catalogueStream(id()))
}

/** Minutes of a syllabus: theory, practice, both. */
export function minutesOf(syllabus: Pick<Syllabus, 'modules'>): {
  readonly theory: number
  readonly practical: number
  readonly all: number
} {
  const theory = syllabus.modules.reduce((sum, module) => sum + module.theoryMinutes, 0)
  const practical = syllabus.modules.reduce((sum, module) => sum + module.practicalMinutes, 0)
  return { theory, practical, all: theory + practical }
}

/** What the criteria of the practical test weigh together; a syllabus is published at 100. */
export function weightOf(criteria: readonly { readonly weightPercent: number | null }[]): number {
  return criteria.reduce((sum, { weightPercent }) => sum + (weightPercent ?? 0), 0)
}

export interface ModuleDraft {
  moduleId: ModuleId
  kind: ModuleKind
  title: { zh: string; en: string }
  points: { zh: string; en: string }
  theoryMinutes: number | null
  practicalMinutes: number | null
}
export interface SyllabusDraft {
  reviewed: boolean
  title: { zh: string; en: string }
  aim: { zh: string; en: string }
  modules: ModuleDraft[]
  theory: { minutes: number | null; form: { zh: string; en: string } }
  practical: { minutes: number | null; task: { zh: string; en: string } }
  criteria: { name: { zh: string; en: string }; weightPercent: number | null }[]
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
// A sentence without a translation stands in the language it has: nothing is shown empty.
const both = ({ zh, en }: { zh: string; en: string }): BothWords => ({
  zh: zh.trim() || en.trim(),
  en: en.trim() || zh.trim(),
})
function bothLines({ zh, en }: { zh: string; en: string }): BothWords[] {
  const english = linesOf(en)
  return linesOf(zh).map((line, index) => both({ zh: line, en: english[index] ?? '' }))
}

function draftOf(syllabus: Syllabus): SyllabusDraft {
  return {
    reviewed: !syllabus.sample,
    title: { ...syllabus.title },
    aim: { ...syllabus.aim },
    modules: syllabus.modules.map((module) => ({
      ...module,
      title: { ...module.title },
      points: { zh: module.points.map(({ zh }) => zh).join('\n'), en: module.points.map(({ en }) => en).join('\n') },
    })),
    theory: { minutes: syllabus.assessment.theory.minutes, form: { ...syllabus.assessment.theory.form } },
    practical: { minutes: syllabus.assessment.practical.minutes, task: { ...syllabus.assessment.practical.task } },
    criteria: syllabus.assessment.practical.criteria.map(({ name, weightPercent }) => ({
      name: { ...name },
      weightPercent,
    })),
  }
}

// A number that is not there becomes one the contract refuses, so that the form points at them.
const MISSING = Number.NaN

function syllabusOf(draft: SyllabusDraft, base: Syllabus, version: number, syllabusId: SyllabusId): Syllabus {
  return {
    syllabusId,
    version,
    occupationId: base.occupationId,
    skillLevel: base.skillLevel,
    sample: !draft.reviewed,
    title: both(draft.title),
    aim: both(draft.aim),
    modules: draft.modules.map(({ moduleId, kind, title, points, theoryMinutes, practicalMinutes }) => ({
      moduleId,
      kind,
      title: both(title),
      points: bothLines(points),
      theoryMinutes: theoryMinutes ?? MISSING,
      practicalMinutes: practicalMinutes ?? MISSING,
    })),
    assessment: {
      theory: { minutes: draft.theory.minutes ?? MISSING, form: both(draft.theory.form) },
      practical: {
        minutes: draft.practical.minutes ?? MISSING,
        task: both(draft.practical.task),
        criteria: draft.criteria.map(({ name, weightPercent }) => ({
          name: both(name),
          weightPercent: weightPercent ?? MISSING,
        })),
      },
    },
  }
}

/** Moves one thing of a list a place up or down. */
function moved<Item>(list: readonly Item[], index: number, by: -1 | 1): Item[] {
  const next = [...list]
  const [item] = next.splice(index, 1)
  if (item !== undefined) next.splice(Math.max(0, index + by), 0, item)
  return next
}

/** Adding, taking out and moving what a syllabus lists. */
function listKeys(draft: SyllabusDraft) {
  const noWords = () => ({ zh: '', en: '' })
  return {
    addModule: () =>
      draft.modules.push({
        moduleId: newId() as ModuleId,
        kind: 'knowledge',
        title: noWords(),
        points: noWords(),
        theoryMinutes: 0,
        practicalMinutes: 0,
      }),
    removeModule: (index: number) => void draft.modules.splice(index, 1),
    moveModule: (index: number, by: -1 | 1) => {
      draft.modules = moved(draft.modules, index, by)
    },
    addCriterion: () => draft.criteria.push({ name: noWords(), weightPercent: null }),
    removeCriterion: (index: number) => void draft.criteria.splice(index, 1),
  }
}

// What is being written outlives the lock of the screen, which closes the page; it holds nobody's name.
const unfinished = new Map<SyllabusId, SyllabusDraft>()

/** A new version of a syllabus while it is written. The published ones never change; running classes keep theirs. */
export function useSyllabusDraft(base: Syllabus, state: () => CatalogueState) {
  const signIn = useSignIn()
  const today = useToday()
  const resumed = ref(unfinished.has(base.syllabusId))
  const draft = reactive(unfinished.get(base.syllabusId) ?? draftOf(base))
  watch(draft, () => unfinished.set(base.syllabusId, draft), { deep: true })
  const syllabusId = newId() as SyllabusId
  const version = computed(
    () =>
      Math.max(
        0,
        ...state()
          .syllabi.filter(({ skillLevel }) => skillLevel === base.skillLevel)
          .map((one) => one.version),
      ) + 1,
  )
  const body = computed(
    (): ActBody<'publishSyllabus'> => ({ syllabus: syllabusOf(draft, base, version.value, syllabusId) }),
  )
  const refusal = computed(() => {
    const staff = signIn.staff
    if (staff === null) return null
    const reader = readerOver({ catalogue: [{ stream: catalogueStream(base.occupationId), state: state() }] })
    const answer = publishSyllabus.decide(body.value, reader, {
      actorId: staff.staffId,
      role: staff.role,
      today: today.value,
    })
    return answer.ok ? null : answer.refusal
  })
  return {
    ...listKeys(draft),
    draft,
    version,
    body,
    refusal,
    /** Whether this was begun before and not published. */
    resumed,
    /** Forgets what was written: it is published, or not wanted. */
    forget: () => unfinished.delete(base.syllabusId),
    startOver: () => {
      Object.assign(draft, draftOf(base))
      resumed.value = false
    },
    weight: computed(() => weightOf(draft.criteria)),
    minutes: computed(() => minutesOf(body.value.syllabus)),
    /** Whether something is empty or no number. */
    isIncomplete: computed(() => fieldTroubles('publishSyllabus', body.value).size > 0),
  }
}
export type SyllabusDraftStore = ReturnType<typeof useSyllabusDraft>
