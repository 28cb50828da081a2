// All classes of the facility in short, for the list and for whatever names a class.
import { computed, type ComputedRef } from 'vue'
import type { Occupation } from '#contract/kinds/catalogue.ts'
import type { ClassId, OccupationId, ProviderId } from '#contract/values.ts'
import { certificatesStream, rosterStream } from '#contract/streams.ts'
import type { ProviderState } from '#domain/access/state.ts'
import type { CertificatesState } from '#domain/certificate/state.ts'
import { activeMembers } from '#domain/enrollment/roster.ts'
import type { ClassPlan, ClassState } from '#domain/training-class/state.ts'
import { useLiveFamily } from '#client/stores/live-state.ts'

/** One class in short. */
export interface ClassSummary {
  readonly classId: ClassId
  readonly plan: ClassPlan
  readonly state: ClassState
  readonly occupation: Occupation | null
  readonly providerName: string
  readonly memberCount: number
  readonly certificates: CertificatesState | null
}

interface ClassListStore {
  readonly classes: ComputedRef<readonly ClassSummary[] | undefined>
  occupationOf(id: OccupationId): Occupation | null
  providerOf(id: ProviderId): ProviderState | null
}

/** Newest first, by first day and then by number. */
function byStart(first: ClassSummary, second: ClassSummary): number {
  const key = ({ plan }: ClassSummary) => `${plan.startsOn} ${plan.classNumber}`
  return key(first) < key(second) ? 1 : -1
}

export function useClassList(): ClassListStore {
  const families = {
    classes: useLiveFamily('class'),
    rosters: useLiveFamily('roster'),
    certificates: useLiveFamily('certificates'),
    catalogue: useLiveFamily('catalogue'),
    providers: useLiveFamily('provider'),
  }
  const occupations = computed(
    () =>
      new Map(
        (families.catalogue.value ?? []).flatMap(({ state: { occupation } }) =>
          occupation ? [[occupation.occupationId, occupation] as const] : [],
        ),
      ),
  )
  const providers = computed(
    () =>
      new Map(
        (families.providers.value ?? []).flatMap(({ state }) =>
          state.providerId ? [[state.providerId, state] as const] : [],
        ),
      ),
  )
  const rosters = computed(
    () => new Map((families.rosters.value ?? []).map(({ stream, state }) => [stream, activeMembers(state).length])),
  )
  const issued = computed(
    () => new Map((families.certificates.value ?? []).map(({ stream, state }) => [stream, state])),
  )

  const classes = computed(() =>
    families.classes.value
      ?.flatMap(({ state }): ClassSummary[] => {
        if (state.plan === null) return []
        const { classId, occupationId, providerId } = state.plan
        return [
          {
            classId,
            plan: state.plan,
            state,
            occupation: occupations.value.get(occupationId) ?? null,
            providerName: providers.value.get(providerId)?.name ?? '',
            memberCount: rosters.value.get(rosterStream(classId)) ?? 0,
            certificates: issued.value.get(certificatesStream(classId)) ?? null,
          },
        ]
      })
      .sort(byStart),
  )
  return {
    classes,
    occupationOf: (id) => occupations.value.get(id) ?? null,
    providerOf: (id) => providers.value.get(id) ?? null,
  }
}
