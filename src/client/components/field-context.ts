// How a FormField hands its label, hint and error to the one input inside it.
import { computed, type ComputedRef, inject, type InjectionKey, provide } from 'vue'

export interface FieldContext {
  readonly id: string
  readonly describedBy: string | undefined
  readonly invalid: boolean
  readonly required: boolean
}

const fieldKey: InjectionKey<ComputedRef<FieldContext>> = Symbol('field')

export function provideField(context: ComputedRef<FieldContext>): void {
  provide(fieldKey, context)
}

/** What an input puts on its element; an input outside a field gets nothing. */
export function useFieldAttributes(): ComputedRef<Record<string, string | boolean | undefined>> {
  const field = inject(fieldKey, undefined)
  return computed(() => {
    if (!field) return {}
    const { id, describedBy, invalid, required } = field.value
    return {
      id,
      'aria-describedby': describedBy,
      'aria-invalid': invalid ? 'true' : undefined,
      'aria-required': required ? 'true' : undefined,
    }
  })
}
