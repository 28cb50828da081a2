// The house rules while they are being changed: what differs, what the law says, and whom it would concern.
import { computed, reactive, watch } from 'vue'
import { facilityStream } from '#contract/streams.ts'
import type { HouseRules, WorkingAgeRow } from '#contract/kinds/facility.ts'
import { setHouseRules } from '#domain/access/decide-facility.ts'
import { defaultHouseRules } from '#domain/access/default-rules.ts'
import { judgeEligibility } from '#domain/trainee/eligibility.ts'
import { useToday } from '#client/stores/clock.ts'
import { useLiveFamily, useLiveState } from '#client/stores/live-state.ts'
import { readerOver } from '#client/stores/local-reader.ts'
import { fieldTroubles } from '#client/stores/settings-act.ts'
import { useSignIn } from '#client/stores/sign-in.ts'

export type RuleName = keyof HouseRules

interface RulesDraft {
  attendanceThresholdPercent: number | null
  classHourMinutes: number | null
  seatCapDefault: number | null
  workingAge: WorkingAgeRow[]
}

const AGES = [
  'validFrom',
  'minimumMonths',
  'maximumMonthsMale',
  'maximumMonthsFemale',
] as const satisfies readonly (keyof WorkingAgeRow)[]

/** Whether one rule says the same in both; rows are compared field by field, in whatever order they are written. */
function sameRule(field: RuleName, one: HouseRules, other: HouseRules): boolean {
  if (field !== 'workingAge') return one[field] === other[field]
  const rows = other.workingAge
  return (
    one.workingAge.length === rows.length &&
    one.workingAge.every((row, index) => AGES.every((age) => row[age] === rows[index]?.[age]))
  )
}

/** How many people here may be trained today under these rules. */
function useEligibleCount() {
  const trainees = useLiveFamily('trainee')
  const today = useToday()
  return (rules: HouseRules): number =>
    (trainees.value ?? []).filter(
      ({ state }) =>
        state.presence === 'present' &&
        state.facts !== null &&
        judgeEligibility(state.facts, today.value, rules).eligible,
    ).length
}

export function useRulesDraft() {
  const facility = useLiveState('facility', () => facilityStream)
  const signIn = useSignIn()
  const today = useToday()
  const countEligible = useEligibleCount()
  const rules = computed(() => facility.value?.rules ?? defaultHouseRules)
  const copy = (): RulesDraft => ({ ...rules.value, workingAge: rules.value.workingAge.map((row) => ({ ...row })) })
  const draft = reactive<RulesDraft>(copy())
  const reset = (): void => void Object.assign(draft, copy())
  const ascending = (rows: readonly WorkingAgeRow[]) =>
    [...rows].sort((one, other) => (one.validFrom < other.validFrom ? -1 : 1))
  const next = computed(() => ({ ...draft, workingAge: ascending(draft.workingAge) }) as HouseRules)
  const fields = [
    'attendanceThresholdPercent',
    'classHourMinutes',
    'seatCapDefault',
    'workingAge',
  ] as const satisfies readonly RuleName[]
  const changed = computed(() => fields.filter((field) => !sameRule(field, next.value, rules.value)))
  const troubles = computed((): ReadonlySet<string> => {
    const shape = fieldTroubles('setHouseRules', { rules: next.value })
    if (shape.size === 0) return shape
    return new Set(
      fields.filter(
        (field) => fieldTroubles('setHouseRules', { rules: { ...rules.value, [field]: next.value[field] } }).size > 0,
      ),
    )
  })
  const refusal = computed(() => {
    if (signIn.staff === null || troubles.value.size > 0) return null
    const answer = setHouseRules.decide({ rules: next.value }, readerOver({}), {
      actorId: signIn.staff.staffId,
      role: signIn.staff.role,
      today: today.value,
    })
    return answer.ok ? null : answer.refusal
  })
  // Rules that came from elsewhere replace what was not touched here.
  watch(rules, (_, before) => {
    if (fields.every((field) => sameRule(field, next.value, before))) reset()
  })
  return {
    loading: computed(() => facility.value === undefined),
    draft,
    next,
    changed,
    troubles,
    refusal,
    reset,
    /** A value nobody here has set: the default stands for want of a better one. */
    isUnverified: (field: RuleName): boolean =>
      facility.value?.rulesAreDefaults === true || sameRule(field, rules.value, defaultHouseRules),
    /** People who may be trained today: now, and under the draft. */
    effect: () => ({ before: countEligible(rules.value), after: countEligible(next.value) }),
    current: rules,
  }
}
