import { frameIcons } from '#client/components/frame-icons.ts'
import { pageIcons } from '#client/components/page-icons.ts'

const icons = { ...frameIcons, ...pageIcons }

export type IconName = keyof typeof icons

export const iconNames = Object.keys(icons) as IconName[]

/** The address of an icon's drawing, to be used as a mask. */
export function iconAddress(name: IconName): string {
  return icons[name]
}
