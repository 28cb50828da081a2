// Everyone of the facility as the office sees him: who he is, whether he may be trained on a day, what he wishes, which class he is in.
import { computed, type ComputedRef, type Ref } from 'vue'
import type { HouseRules } from '#contract/kinds/facility.ts'
import type { TraineeFacts, Wish } from '#contract/kinds/trainee.ts'
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import type { TraineeIdentity } from '#contract/vault.ts'
import { traineeStream, wishesStream } from '#contract/streams.ts'
import { activeMembers } from '#domain/enrollment/roster.ts'
import { type Eligibility, judgeEligibility } from '#domain/trainee/eligibility.ts'
import type { TraineeState } from '#domain/trainee/state.ts'
import type { ClassPlan } from '#domain/training-class/state.ts'
import { useHouseRules } from '#client/stores/house-rules.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'
import { usePeople } from '#client/stores/people.ts'

/** `now`: may be trained on the day asked about. `later`: time alone will help. `never`: it will not. */
export type EligibilityLight = 'now' | 'later' | 'never'

/** One person. `name` is empty while the vault has not opened it. `trainingClass` is the planned or running class he is in. */
export interface PersonRow {
  readonly traineeId: TraineeId
  readonly name: string
  readonly facilityNumber: string
  readonly ward: string
  readonly spelling: string
  readonly facts: TraineeFacts
  readonly here: boolean
  readonly leftOn: CalendarDate | null
  readonly hasCode: boolean
  readonly eligibility: Eligibility
  readonly light: EligibilityLight
  readonly wishes: readonly Wish[]
  readonly trainingClass: ClassPlan | null
}

const spellings = new WeakMap<TraineeIdentity, string>()

/** Text to search by as it is compared: narrow, lower case, without blanks and without the dot inside a name. */
export function searchText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u00b7]/g, '')
}

// Made once for each identity: a search then only looks whether one text holds another.
function spellingOf(identity: TraineeIdentity): string {
  const known = spellings.get(identity)
  if (known !== undefined) return known
  const made = [identity.name, identity.facilityNumber, identity.pinyin, identity.initials].map(searchText).join('\n')
  spellings.set(identity, made)
  return made
}

/** Judgements of one day under one set of rules, by what the facts say: the same facts are judged once, whoever they are of. */
const judged: { on: CalendarDate | null; rules: HouseRules | null; readonly answers: Map<string, Eligibility> } = {
  on: null,
  rules: null,
  answers: new Map(),
}

function eligibilityOf(facts: TraineeFacts, on: CalendarDate, rules: HouseRules): Eligibility {
  if (judged.on !== on || judged.rules !== rules) {
    judged.answers.clear()
    Object.assign(judged, { on, rules })
  }
  const said = `${facts.sex} ${facts.bornOn} ${facts.termEndsOn} ${facts.workCapable}`
  const known = judged.answers.get(said)
  if (known !== undefined) return known
  const eligibility = judgeEligibility(facts, on, rules)
  judged.answers.set(said, eligibility)
  return eligibility
}

/** The light of a judgement. */
export function lightOf(eligibility: Eligibility): EligibilityLight {
  if (eligibility.eligible) return 'now'
  return eligibility.eligibleFrom === null ? 'never' : 'later'
}

/** Who is in which planned or running class. */
function useCurrentClasses(): ComputedRef<ReadonlyMap<TraineeId, ClassPlan> | undefined> {
  const classes = useLiveFamily('class')
  const rosters = useLiveFamily('roster')
  return computed(() => {
    if (classes.value === undefined || rosters.value === undefined) return undefined
    const members = new Map(rosters.value.map(({ stream, state }) => [stream as string, activeMembers(state)]))
    const current = new Map<TraineeId, ClassPlan>()
    for (const { stream, state } of classes.value) {
      if (state.plan === null || (state.phase !== 'planned' && state.phase !== 'open')) continue
      for (const { traineeId } of members.get(`${stream}/roster`) ?? []) current.set(traineeId, state.plan)
    }
    return current
  })
}

const byNumber = new Intl.Collator('zh-CN', { numeric: true })

/** Everyone ever admitted, in the order of their numbers; undefined while reading. Names come in as the vault opens them. */
export function usePeopleRows(on: Readonly<Ref<CalendarDate>>): ComputedRef<readonly PersonRow[] | undefined> {
  const people = usePeople()
  const rules = useHouseRules()
  const trainees = useLiveFamily('trainee')
  const wishes = useLiveFamily('wishes')
  const current = useCurrentClasses()
  const wishesOf = computed(() => new Map((wishes.value ?? []).map(({ stream, state }) => [stream, state.wishes])))

  function rowOf(state: TraineeState, traineeId: TraineeId, facts: TraineeFacts): PersonRow {
    const identity = people.trainees.get(traineeId)
    const eligibility = eligibilityOf(facts, on.value, rules.value)
    return {
      traineeId,
      name: identity?.name ?? '',
      facilityNumber: identity?.facilityNumber ?? '',
      ward: identity?.ward ?? '',
      spelling: identity ? spellingOf(identity) : '',
      facts,
      here: state.presence === 'present',
      leftOn: state.leftOn,
      hasCode: state.hasCode,
      eligibility,
      light: lightOf(eligibility),
      wishes: wishesOf.value.get(wishesStream(traineeId)) ?? [],
      trainingClass: current.value?.get(traineeId) ?? null,
    }
  }
  return computed(() => {
    if (trainees.value === undefined || wishes.value === undefined || current.value === undefined) return undefined
    const rows = trainees.value.flatMap(({ stream, state }) => {
      const { traineeId, facts, presence } = state
      const known = traineeId !== null && facts !== null && stream === traineeStream(traineeId)
      return known && presence !== 'removed' ? [rowOf(state, traineeId, facts)] : []
    })
    return rows.sort((one, other) => byNumber.compare(one.facilityNumber, other.facilityNumber))
  })
}
