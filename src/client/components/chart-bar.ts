/** One bar: `display` is the figure as people read it, else the value itself. */
export interface ChartBar {
  readonly label: string
  readonly value: number
  readonly display?: string | undefined
  readonly tone?: 'road' | 'road-2' | 'road-3' | 'grow' | undefined
}
