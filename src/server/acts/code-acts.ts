// Trainees' own codes: drawn here, told once in the answer, kept nowhere. Only the card they open remains.
import type { TraineeId } from '#contract/values.ts'
import type { ActPerformer } from '#server/ledger/server-context.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import { makeCardComposer } from '#server/vault/card-composer.ts'
import type { WrappedCardKey } from '#server/vault/card-records.ts'
import { wrapCardKey } from '#server/vault/card-records.ts'
import { putCard } from '#server/vault/cards.ts'
import { mapInLanes } from '#server/vault/key-derivation.ts'
import { drawCode } from '#server/vault/trainee-codes.ts'
import { readVaultRow } from '#server/vault/vault-rows.ts'
import { writtenBy } from './written.ts'

/** Argon2 runs on four threads of the pool; more lanes would only hold more memory. */
const LANES = 4

/** One trainee's new code with his wrapped card key, made before the transaction. */
interface PreparedCode {
  readonly traineeId: TraineeId
  readonly facilityNumber: string
  readonly code: string
  readonly key: WrappedCardKey
}

/** Makes (or makes anew) the codes of some trainees. A person whose number changed meanwhile stops the whole act. */
export const makeTraineeCodes: ActPerformer<'makeTraineeCodes', readonly PreparedCode[]> = {
  async prepare(body, context) {
    const people = await context.store.read(context.facilityId, async (view) => {
      const found: { traineeId: TraineeId; facilityNumber: string }[] = []
      for (const traineeId of new Set(body.traineeIds)) {
        const row = await readVaultRow(view, context.vaultKey, 'trainee', traineeId)
        if (row !== null) found.push({ traineeId, facilityNumber: row.content.facilityNumber })
      }
      return found
    })
    const drawn = people.map((person) => ({ ...person, code: drawCode(context.random) }))
    return mapInLanes(drawn, LANES, async (person) => ({
      ...person,
      key: await wrapCardKey(person.facilityNumber, person.code, context),
    }))
  },
  async perform({ body, prepared, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'makeTraineeCodes', body)
    if (!decided.ok) return decided
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    const byTrainee = new Map(prepared.map((person) => [person.traineeId, person]))
    const composer = await makeCardComposer(tx, context)
    const codes: { traineeId: TraineeId; code: string }[] = []
    for (const traineeId of new Set(body.traineeIds)) {
      const person = byTrainee.get(traineeId)
      const row = await readVaultRow(tx, context.vaultKey, 'trainee', traineeId)
      if (person === undefined || row === null || row.content.facilityNumber !== person.facilityNumber) {
        return problem('refused', { refusal: 'trainee/unknown' })
      }
      await putCard(tx, context, composer, traineeId, person.key)
      codes.push({ traineeId, code: person.code })
    }
    return done({ ...writtenBy(recorded), codes })
  },
}
