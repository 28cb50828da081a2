/** One of several things to choose from. */
export interface Choice<T extends string | number> {
  readonly value: T
  readonly label: string
  readonly hint?: string | undefined
  readonly group?: string | undefined
  readonly picture?: string | undefined
  readonly plate?: number | undefined
  readonly disabled?: boolean | undefined
}
