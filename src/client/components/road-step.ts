/** One station of the course line; a blocked one carries its reason. */
export interface RoadStep {
  readonly label: string
  readonly sub?: string | undefined
  readonly state: 'done' | 'now' | 'ahead' | 'blocked'
  readonly picture?: string | undefined
  readonly reason?: string | undefined
}
