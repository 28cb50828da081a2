// The ways through the program that pass every page, one a role.
import { everybody, kiosk } from './everybody.ts'
import { instructor } from './instructor.ts'
import { classes } from './classes.ts'
import { office } from './office.ts'
import type { Walk } from './walking.ts'

export interface PictureJourney {
  readonly name: string
  walk(walk: Walk): Promise<void>
}

export const journeys: readonly PictureJourney[] = [
  { name: 'everybody', walk: everybody },
  { name: 'kiosk', walk: kiosk },
  { name: 'instructor', walk: instructor },
  { name: 'office', walk: office },
  { name: 'classes', walk: classes },
]
