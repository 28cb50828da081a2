// Puts the occupation catalogue and the sample syllabi into a new ledger, written by the server itself.
import { catalogueStream } from '#contract/streams.ts'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { loadState } from '#server/ledger/load-states.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { SERVER_ACTOR } from '#server/ledger/server-context.ts'
import { occupationEntry, syllabusEntry } from './catalogue-entries.ts'
import { loadCatalogue } from './load-catalogue.ts'

/** Lists every occupation and publishes every sample syllabus that is not in the ledger yet; asked again it writes nothing. */
export async function seedCatalogue(context: ServerContext): Promise<void> {
  const { groups, occupations, syllabi } = loadCatalogue()
  const occurredOn = context.clock.today()
  await context.store.transaction(context.facilityId, async (tx) => {
    const drafts: EntryDraft[] = []
    for (const row of occupations) {
      const occupation = occupationEntry(row, groups)
      const stream = catalogueStream(occupation.occupationId)
      const known = await loadState(tx, 'catalogue', stream)
      if (known.occupation === null) {
        drafts.push({ stream, kind: 'catalogue.occupation-listed.v1', body: { occupation }, occurredOn, basedOn: null })
      }
      for (const syllabus of syllabi.filter((one) => one.occupationId === row.occupationId).map(syllabusEntry)) {
        if (known.syllabi.some(({ syllabusId }) => syllabusId === syllabus.syllabusId)) continue
        drafts.push({ stream, kind: 'catalogue.syllabus-published.v1', body: { syllabus }, occurredOn, basedOn: null })
      }
    }
    await appendAsServer(tx, context, SERVER_ACTOR, drafts)
  })
}
