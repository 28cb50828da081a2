/** One rung of the save ladder: how far the records of a screen have come. `part` means some of them. */
export interface SaveRung {
  readonly state: 'reached' | 'part' | 'ahead'
  readonly count: string
  readonly detail?: string | undefined
  readonly label?: string | undefined
}

/** The message keys of the four rungs, lowest first. */
export const rungKeys = ['local', 'site', 'sealed', 'province'] as const
