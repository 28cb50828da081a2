import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from '#client/components/icon-registry.ts'

/** One entry of the rail and of the tabs; `count` is what waits there. */
export interface NavItem {
  readonly to: RouteLocationRaw
  readonly label: string
  readonly icon: IconName
  readonly count?: number | undefined
  readonly countLabel?: string | undefined
}

/** One of the three pictures at the foot of the kiosk. */
export interface KioskItem {
  readonly to: RouteLocationRaw
  readonly label: string
  readonly picture: string
}
