// Admitting somebody below the threshold of hours to the assessment; the remark goes to the vault, the entry holds its id.
import type { BodyOf } from '#contract/kind-registry.ts'
import type { NoteId } from '#contract/values.ts'
import { usePeople } from '#client/stores/people.ts'
import { type Recorded, useRecorder } from '#client/stores/record.ts'

type Admission = BodyOf<'assessment.admitted.v1'>
export type AdmissionReason = Admission['reason']

export function useAdmission() {
  const recorder = useRecorder()
  const people = usePeople()
  let written: { readonly text: string; readonly noteId: NoteId } | null = null

  async function noteOf(remark: string): Promise<NoteId | null> {
    const text = remark.trim()
    if (text === '') return null
    if (written?.text !== text) written = { text, noteId: await people.writeNote(text) }
    return written.noteId
  }
  async function admit(admission: Omit<Admission, 'noteId'>, remark: string): Promise<Recorded> {
    return recorder.record({ name: 'admitToAssessment', body: { ...admission, noteId: await noteOf(remark) } })
  }
  return { admit }
}
