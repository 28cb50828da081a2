// Decider of wishes: up to three, ranked, voluntary, taken back by an empty list.
import type { CatalogueState } from '../catalogue/state.ts'
import type { TraineeState } from '../trainee/state.ts'
import { refuseAbsentTrainee } from '../trainee/decide.ts'
import type { BodyOf } from '#contract/kind-registry.ts'
import type { Decider } from '../shared/decider.ts'
import { draftEntry } from '../shared/draft.ts'
import { refused } from '../shared/refusal.ts'
import { accepted } from '../shared/result.ts'

const WISHES_MAX = 3

interface Reads {
  trainee: TraineeState
  catalogue: CatalogueState
}

/**
 * Registers a trainee's wishes in order of rank; the new list replaces the old one. A trainee speaks only for himself: at the kiosk his
 * card, not the roster, says who he is, so there a trainee the tablet does not hold is taken at his word.
 * Refuses: access/not-allowed, trainee/unknown, trainee/not-present, enrollment/too-many-wishes, enrollment/wish-repeated,
 * catalogue/occupation-unknown, catalogue/level-not-offered. @clause 4 @rule ENR-1
 */
export const registerWishes: Decider<BodyOf<'enrollment.wishes-registered.v2'>, Reads> = {
  needs: (body) => [
    `trainee/${body.traineeId}`,
    `trainee/${body.traineeId}/wishes`,
    ...body.wishes.map(({ occupationId }) => `catalogue/${occupationId}`),
  ],
  decide(body, read, context) {
    const { traineeId, wishes } = body
    const trainee = read.state('trainee', `trainee/${traineeId}`)
    if (context.role === 'trainee') {
      const isSelf = (context.actorId as string) === traineeId
      if (!isSelf) return refused('access/not-allowed')
    }
    const absent = context.role === 'trainee' && trainee.facts === null ? null : refuseAbsentTrainee(trainee)
    if (absent !== null) return absent
    if (wishes.length > WISHES_MAX) return refused('enrollment/too-many-wishes', { most: WISHES_MAX })
    const names = wishes.map(({ occupationId, skillLevel }) => `${occupationId} ${skillLevel}`)
    if (new Set(names).size < names.length) return refused('enrollment/wish-repeated')
    for (const { occupationId, skillLevel } of wishes) {
      const { occupation } = read.state('catalogue', `catalogue/${occupationId}`)
      if (occupation === null) return refused('catalogue/occupation-unknown')
      if (!occupation.levels.includes(skillLevel)) return refused('catalogue/level-not-offered', { skillLevel })
    }
    return accepted([draftEntry('enrollment.wishes-registered.v2', `trainee/${traineeId}/wishes`, body, context)])
  },
}
