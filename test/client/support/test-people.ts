// People of the test class: names that must never be found at rest, and codes for their cards.
import type { ActorId, TraineeId } from '#contract/values.ts'
import { runAct } from '#server/ledger/perform-act.ts'
import type { Actor } from '#server/ledger/server-context.ts'
import { writeVaultRow } from '#server/vault/vault-rows.ts'
import type { TestServer } from '#test/support/test-server.ts'
import { traineeIdOf } from './test-class.ts'

export const ADMINISTRATOR: Actor = { actorId: 'ADMIN1' as ActorId, role: 'administrator' }
export const nameOf = (index: number): string => `阿依古丽${String(index)}·买买提`
export const numberOf = (index: number): string => `Z${String(index).padStart(4, '0')}`

/** Writes identities of so many trainees into the site's vault, from a number on. */
export async function seedPeople({ context }: TestServer, count: number, from = 1): Promise<void> {
  await context.store.transaction(context.facilityId, async (tx) => {
    for (let index = from; index < from + count; index += 1) {
      const content = {
        name: nameOf(index),
        pinyin: 'ayiguli',
        initials: 'aygl',
        idNumber: '34010019900307002X',
        facilityNumber: numberOf(index),
        ethnicity: null,
        education: null,
        ward: null,
        household: null,
        employmentIntent: null,
        remark: null,
      }
      await writeVaultRow(tx, context, { kind: 'trainee', id: traineeIdOf(index), content }, 0)
    }
  })
}

/** Makes codes for trainees; answers them by id. */
export async function makeCodes(
  { context }: TestServer,
  ...indexes: number[]
): Promise<ReadonlyMap<TraineeId, string>> {
  const answer = await runAct(context, ADMINISTRATOR, 'makeTraineeCodes', { traineeIds: indexes.map(traineeIdOf) })
  if (!answer.ok) throw new Error(`no codes: ${JSON.stringify(answer)}`)
  return new Map((answer.value.codes ?? []).map(({ traineeId, code }) => [traineeId, code]))
}
