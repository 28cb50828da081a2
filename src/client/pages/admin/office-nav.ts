import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { NavItem } from '#client/components/nav-item.ts'

/** The entries of the office's rail. */
export function useOfficeNav(): ComputedRef<readonly NavItem[]> {
  const { t } = useI18n({ useScope: 'global' })
  return computed(() => [
    { to: '/admin', label: t('office.nav.board'), icon: 'chart-bar' },
    { to: '/admin/people', label: t('office.nav.people'), icon: 'users-three' },
    { to: '/admin/classes', label: t('office.nav.classes'), icon: 'chalkboard-teacher' },
    { to: '/admin/certificates', label: t('office.nav.certificates'), icon: 'certificate' },
    { to: '/admin/catalogue', label: t('office.nav.catalogue'), icon: 'books' },
    { to: '/admin/settings', label: t('office.nav.settings'), icon: 'gear' },
  ])
}
