// Everyone of the facility as the office sees him: who he is, whether he may be trained on a day, what he wishes, which class he is in.
import { computed, type ComputedRef, type Ref } from 'vue'
import type { StreamId } from '#contract/envelope.ts'
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
  /** What a search looks into, and what the list is sorted by. */
  readonly spelling: string
  readonly order: string
  readonly facts: TraineeFacts
  readonly here: boolean
  readonly leftOn: CalendarDate | null
  readonly hasCode: boolean
  readonly eligibility: Eligibility
  readonly light: EligibilityLight
  readonly wishes: readonly Wish[]
  readonly trainingClass: ClassPlan | null
}

/** Text to search by as it is compared: narrow, lower case, without blanks and without the dot inside a name. */
export function searchText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u00b7]/g, '')
}

interface Keys {
  readonly spelling: string
  readonly order: string
}

const NOBODY: Keys = { spelling: '', order: '' }
const DIGITS = 32
const keysOfIdentity = new WeakMap<TraineeIdentity, Keys>()

// Made once for each identity: searching then only looks whether one text holds another, and sorting compares two texts as they are.
function keysOf(identity: TraineeIdentity): Keys {
  const known = keysOfIdentity.get(identity)
  if (known !== undefined) return known
  const { name, facilityNumber, pinyin, initials } = identity
  const keys = {
    spelling: [name, facilityNumber, pinyin, initials].map(searchText).join('\n'),
    // Figures of one length: so 9 stands before 10.
    order: searchText(facilityNumber).replace(/\d+/g, (figures) => figures.padStart(DIGITS, '0')),
  }
  keysOfIdentity.set(identity, keys)
  return keys
}

/** Judgements of one day under one set of rules. A folded state keeps its facts as the same object until they change. */
let judged: { on: CalendarDate; rules: HouseRules; readonly answers: WeakMap<TraineeFacts, Eligibility> } | null = null

function eligibilityOf(facts: TraineeFacts, on: CalendarDate, rules: HouseRules): Eligibility {
  if (judged === null || judged.on !== on || judged.rules !== rules) judged = { on, rules, answers: new WeakMap() }
  const known = judged.answers.get(facts)
  if (known !== undefined) return known
  const eligibility = judgeEligibility(facts, on, rules)
  judged.answers.set(facts, eligibility)
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

/** What the rows of one moment are made of; read from the stores once, not once a row. */
interface Sources {
  readonly identities: ReadonlyMap<TraineeId, TraineeIdentity>
  readonly on: CalendarDate
  readonly rules: HouseRules
  readonly wishes: ReadonlyMap<StreamId, readonly Wish[]>
  readonly current: ReadonlyMap<TraineeId, ClassPlan>
}

const NO_WISHES: readonly Wish[] = []

function rowOf(state: TraineeState, traineeId: TraineeId, facts: TraineeFacts, sources: Sources): PersonRow {
  const identity = sources.identities.get(traineeId)
  const { spelling, order } = identity === undefined ? NOBODY : keysOf(identity)
  const eligibility = eligibilityOf(facts, sources.on, sources.rules)
  return {
    traineeId,
    name: identity?.name ?? '',
    facilityNumber: identity?.facilityNumber ?? '',
    ward: identity?.ward ?? '',
    spelling,
    order,
    facts,
    here: state.presence === 'present',
    leftOn: state.leftOn,
    hasCode: state.hasCode,
    eligibility,
    light: lightOf(eligibility),
    wishes: sources.wishes.get(wishesStream(traineeId)) ?? NO_WISHES,
    trainingClass: sources.current.get(traineeId) ?? null,
  }
}

const byOrder = (one: PersonRow, other: PersonRow): number =>
  one.order < other.order ? -1 : one.order > other.order ? 1 : 0

/** Everyone ever admitted, in the order of their numbers; undefined while reading. Names come in as the vault opens them. */
export function usePeopleRows(on: Readonly<Ref<CalendarDate>>): ComputedRef<readonly PersonRow[] | undefined> {
  const people = usePeople()
  const rules = useHouseRules()
  const trainees = useLiveFamily('trainee')
  const wishes = useLiveFamily('wishes')
  const current = useCurrentClasses()
  const wishesOf = computed(() => new Map((wishes.value ?? []).map(({ stream, state }) => [stream, state.wishes])))
  return computed(() => {
    if (trainees.value === undefined || wishes.value === undefined || current.value === undefined) return undefined
    const sources = {
      identities: people.trainees,
      on: on.value,
      rules: rules.value,
      wishes: wishesOf.value,
      current: current.value,
    }
    const rows: PersonRow[] = []
    for (const { stream, state } of trainees.value) {
      const { traineeId, facts, presence } = state
      if (traineeId === null || facts === null || presence === 'removed' || stream !== traineeStream(traineeId))
        continue
      rows.push(rowOf(state, traineeId, facts, sources))
    }
    return rows.sort(byOrder)
  })
}
