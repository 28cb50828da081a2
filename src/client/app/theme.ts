// Theme and text size of this device. The switches live among the components; the app applies them once.
import { applyDisplayPreferences } from '#client/components/display-preferences.ts'

/** Puts the remembered theme and text size on the document, before the app is mounted. */
export function startTheme(): void {
  applyDisplayPreferences()
}
