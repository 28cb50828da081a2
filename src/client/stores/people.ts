// Names, while the vault is open. Nothing in here is ever written down in clear.
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { CertificateContent, TraineeIdentity } from '#contract/vault.ts'
import type { ActorId, NoteId, StaffId, TraineeId } from '#contract/values.ts'
import { clientCore } from './container.ts'
import { useOpenedRows } from './opened-rows.ts'
import { useSignIn } from './sign-in.ts'

export const usePeople = defineStore('people', () => {
  const core = clientCore()
  const signIn = useSignIn()
  const opened = useOpenedRows()
  const trainees = computed(() => opened.rowsOf('trainee') as ReadonlyMap<TraineeId, TraineeIdentity>)
  const certificates = computed(
    (): ReadonlyMap<string, CertificateContent> =>
      new Map([...opened.rowsOf('certificate').values()].map((content) => [content.number, content])),
  )

  /** A staff member's name; the account or the id where the name is not open. */
  function staffName(id: StaffId | ActorId): string {
    return (
      opened.row('staff', id)?.displayName ??
      signIn.accounts.find(({ staffId }) => (staffId as string) === id)?.account ??
      id
    )
  }
  /** Seals a note and keeps it; answers the id an entry names it by. */
  async function writeNote(text: string): Promise<NoteId> {
    const id = core.newId() as NoteId
    const joined = core.joined.value
    const row = await joined?.vault.addNote(id, text)
    if (row === undefined || row === null) throw new TypeError('a note is written only while the vault is open')
    opened.tell()
    joined?.sync.syncSoon()
    return id
  }
  return {
    ready: computed(() => opened.ready),
    trainees,
    certificates,
    traineeOf: (id: TraineeId): TraineeIdentity | undefined => trainees.value.get(id),
    staffName,
    noteText: (id: NoteId): string | undefined => opened.row('note', id)?.text,
    writeNote,
  }
})
