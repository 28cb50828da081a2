// The log of one lesson: what comes next is proposed, what was logged can be said again or taken back.
import { computed, reactive, watch } from 'vue'
import type { ModuleId, NoteId } from '#contract/values.ts'
import type { LessonRecord } from '#domain/attendance/state.ts'
import { provideClassDetail } from '#client/stores/class-detail.ts'
import { nextModule, proposedMinutes, syllabusProgress } from '#client/stores/lesson-log-proposal.ts'
import { usePeople } from '#client/stores/people.ts'
import { type Recorded, useRecorder } from '#client/stores/record.ts'
import { type LessonName, useLesson } from '#client/stores/roll-call-lesson.ts'

/** What the form holds. Null minutes: what stands in the field is no number. */
export interface LessonDraft {
  moduleId: ModuleId | null
  theoryMinutes: number | null
  practicalMinutes: number | null
  remark: string
}

/** Notes that were sealed but whose entry was not recorded, so that a second try writes no second note. */
function useNote() {
  const people = usePeople()
  let written: { readonly text: string; readonly noteId: NoteId } | null = null
  return {
    textOf: (noteId: NoteId | null) => (noteId === null ? '' : (people.noteText(noteId) ?? '')),
    async idOf(text: string, before: NoteId | null): Promise<NoteId | null> {
      const plain = text.trim()
      if (plain === '') return null
      if (before !== null && people.noteText(before) === plain) return before
      if (written?.text !== plain) written = { text: plain, noteId: await people.writeNote(plain) }
      return written.noteId
    },
  }
}

/** What is on record of this lesson and how far the syllabus has come. */
function useLogged(name: () => LessonName, moduleId: () => ModuleId | null) {
  const lesson = useLesson(name)
  const detail = provideClassDetail(() => name().classId)
  const states = computed(() => detail.lessons.value.map(({ state }) => state))
  const progress = computed(() => syllabusProgress(detail.syllabus.value, states.value))
  const logged = computed(() => lesson.state.value.lessons)
  const isRead = computed(() => lesson.ready.value && detail.ready.value)
  const minutesOf = (one: LessonRecord) => one.theoryMinutes + one.practicalMinutes
  return {
    lesson,
    progress,
    logged,
    loggedOf: (id: ModuleId | null): LessonRecord | undefined => logged.value.find((one) => one.moduleId === id),
    /** Minutes of the lesson that no other unit has taken. */
    minutesLeft: computed(() => {
      const others = logged.value.filter((one) => one.moduleId !== moduleId())
      return others.reduce((left, one) => left - minutesOf(one), lesson.session.value?.minutes ?? 0)
    }),
    ready: computed(() => isRead.value && progress.value.length > 0),
    /** The class has no syllabus on this device, so there is nothing to choose from. */
    noSyllabus: computed(() => isRead.value && detail.syllabus.value === null),
  }
}

export function useLessonLog(name: () => LessonName) {
  const draft = reactive<LessonDraft>({ moduleId: null, theoryMinutes: null, practicalMinutes: null, remark: '' })
  const record = useLogged(name, () => draft.moduleId)
  const { progress, logged, loggedOf, minutesLeft, ready } = record
  const recorder = useRecorder()
  const note = useNote()

  /** Fills the form for a unit: with what was logged of it in this lesson, else with a proposal. */
  function choose(moduleId: ModuleId | null): void {
    draft.moduleId = moduleId
    const before = loggedOf(moduleId)
    const chosen = progress.value.find(({ module }) => module.moduleId === moduleId)
    const minutes = before ?? proposedMinutes(chosen, Math.max(0, minutesLeft.value))
    draft.theoryMinutes = minutes.theoryMinutes
    draft.practicalMinutes = minutes.practicalMinutes
    draft.remark = note.textOf(before?.noteId ?? null)
  }
  function begin(isReady: boolean): void {
    const next = nextModule(progress.value)?.module.moduleId ?? null
    if (isReady && draft.moduleId === null) choose(logged.value[0]?.moduleId ?? next)
  }
  watch(ready, begin, { immediate: true })

  /** Records the form. Null: nothing to record, because a field is empty or holds no number. */
  async function save(): Promise<Recorded | null> {
    const { moduleId, theoryMinutes, practicalMinutes, remark } = draft
    if (moduleId === null || theoryMinutes === null || practicalMinutes === null) return null
    const noteId = await note.idOf(remark, loggedOf(moduleId)?.noteId ?? null)
    const body = { ...name(), moduleId, theoryMinutes, practicalMinutes, noteId }
    return recorder.record({ name: 'logLesson', body })
  }
  /** Takes back what was logged of a unit: zero minutes. */
  function takeBack(moduleId: ModuleId): Promise<Recorded> {
    const body = { ...name(), moduleId, theoryMinutes: 0, practicalMinutes: 0, noteId: null }
    return recorder.record({ name: 'logLesson', body })
  }
  return { ...record, draft, choose, save, takeBack, noteOf: note.textOf }
}
