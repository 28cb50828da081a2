import { expect, it } from 'vitest'
import { kindRegistry } from '#contract/kind-registry.ts'
import { loadFamily } from '#server/ledger/load-states.ts'
import { seedCatalogue } from '#server/seed/catalogue/seed.ts'
import { startTestServer } from '#test/support/test-server.ts'

it('lists thirty occupations in both languages, and writes nothing the second time', async () => {
  const server = await startTestServer({ listens: false })
  const { context } = server
  const head = () => context.store.read(context.facilityId, (view) => view.entries.headPosition())
  await seedCatalogue(context)
  const first = await head()
  await seedCatalogue(context)
  expect(await head()).toBe(first)
  const rows = await context.store.read(context.facilityId, (view) => loadFamily(view, 'catalogue'))
  expect(rows.length).toBe(30)
  for (const { state } of rows) {
    expect(kindRegistry['catalogue.occupation-listed.v1'].safeParse({ occupation: state.occupation }).success).toBe(
      true,
    )
    expect(state.syllabi.every(({ sample }) => sample)).toBe(true)
  }
  expect(
    rows.filter(
      ({ state }) =>
        state.syllabi.some(({ skillLevel }) => skillLevel === 5) &&
        state.syllabi.some(({ skillLevel }) => skillLevel === 4),
    ).length,
  ).toBeGreaterThanOrEqual(10)
  await server.stop()
})
