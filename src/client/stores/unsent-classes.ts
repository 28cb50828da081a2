// The classes this device may hold unsent records of, by the number people know them under.
import { computed, type ComputedRef } from 'vue'
import type { ClassId } from '#contract/values.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'

/** Classes that are running or ended and not sealed, the newest number first. */
export function useUnsentClasses(): ComputedRef<
  readonly { readonly classId: ClassId; readonly classNumber: string }[]
> {
  const classes = useLiveFamily('class')
  return computed(() =>
    (classes.value ?? [])
      .flatMap(({ state: { plan, phase } }) =>
        plan === null || phase === 'sealed' ? [] : [{ classId: plan.classId, classNumber: plan.classNumber }],
      )
      .sort((one, other) => other.classNumber.localeCompare(one.classNumber)),
  )
}
