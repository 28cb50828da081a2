// The proofs of the server's durability, in small; each prints its figure. Longer runs call the same functions with larger counts.
import { expect, it, vi } from 'vitest'
import { freshDatabase } from '#test/support/postgres.ts'
import { proveRandomEdits } from './random-edits.ts'
import { proveRestores } from './restores.ts'
import { proveServerKills } from './server-kills.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 })

const KILLS = 20
const EDITS = 500
const RESTORES = 50
const DATABASE_RESTORES = 5

const tell = (what: string, figures: object) => console.log(`${what}: ${JSON.stringify(figures)}`)

it.each(['sqlite', 'postgres'] as const)(
  'a server on %s killed under load loses and doubles nothing',
  async (store) => {
    const figures = await proveServerKills(store, KILLS)
    tell('server kills', figures)
    expect(figures).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, isProven: true })
    expect(figures.acknowledged).toBeGreaterThan(KILLS * 5)
  },
)

it('every random edit of a copied database is found', async () => {
  const figures = await proveRandomEdits(EDITS)
  tell('random edits', figures)
  expect(figures).toEqual({ edits: EDITS, missed: [] })
})

it('restores from an older backup lose nothing once the tablets synced again', async () => {
  const figures = await proveRestores(RESTORES)
  tell('restores', figures)
  expect(figures).toMatchObject({ restores: RESTORES, lost: 0, flawed: 0 })
  expect(figures.broughtAgain).toBeGreaterThan(RESTORES)
})

it('and neither do restores into PostgreSQL', async () => {
  const figures = await proveRestores(DATABASE_RESTORES, await freshDatabase('empty'))
  tell('restores, postgres', figures)
  expect(figures).toMatchObject({ restores: DATABASE_RESTORES, lost: 0, flawed: 0 })
})
