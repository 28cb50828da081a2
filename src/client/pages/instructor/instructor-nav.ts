import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { NavItem } from '#client/components/nav-item.ts'
import { useSyncStatus } from '#client/stores/sync-status.ts'

/** The entries of the instructor's rail and tabs. */
export function useInstructorNav(): ComputedRef<readonly NavItem[]> {
  const { t } = useI18n({ useScope: 'global' })
  const sync = useSyncStatus()
  return computed(() => [
    { to: '/instructor', label: t('instructor.nav.day'), icon: 'house' },
    { to: '/instructor/classes', label: t('instructor.nav.classes'), icon: 'chalkboard-teacher' },
    {
      to: '/instructor/outbox',
      label: t('instructor.nav.outbox'),
      icon: 'cloud-arrow-up',
      count: sync.pendingCount + sync.refused.length,
      countLabel: t('instructor.nav.outboxCount', { count: sync.pendingCount + sync.refused.length }),
    },
  ])
}
