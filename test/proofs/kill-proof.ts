// A browser is killed in the middle of a roll call, again and again. Every tap it had said is saved must be in the chain that reaches the site.
import { seededRandom } from '#test/support/seeded-random.ts'
import { makeProofTablet, missingTaps, openProofSite } from './proof-tablet.ts'

/** What came of it: kills, taps that were said to be saved, and how many of those are nowhere. */
export interface KillFigure {
  readonly kills: number
  readonly acknowledged: number
  readonly lost: number
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

// A slow machine taps slowly: what counts is that the kill comes after some taps, at any moment of the next.
async function untilSaved(saved: readonly unknown[], count: number): Promise<void> {
  for (let waited = 0; saved.length < count && waited < 4000; waited += 20) await pause(20)
}

/** Kills so often, half of the times without the network; prints and answers the figure. */
export async function proveKills(kills: number, seed: number, print: (line: string) => void): Promise<KillFigure> {
  const random = seededRandom(seed)
  const site = await openProofSite()
  const tablet = await makeProofTablet(site)
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await tablet.open()
      tablet.setOnline(kill % 2 === 0)
      tablet.beginTapping(random.integer(1, 2_000_000_000))
      await untilSaved(tablet.saved, tablet.saved.length + random.integer(2, 9))
      await pause(random.integer(0, 120))
      await tablet.kill()
    }
    tablet.setOnline(true)
    const page = await tablet.open()
    await page.goto('/health')
    await page.getByRole('button', { name: '立即同步' }).click()
    const deviceId = await tablet.deviceId()
    await page.getByText('没有，都已到站点。').waitFor({ timeout: 60_000 })
    const lost = missingTaps(tablet.saved, await site.chainOf(deviceId)).length
    const figure = { kills, acknowledged: tablet.saved.length, lost }
    print(`browser killed ${String(kills)} times: acknowledged ${String(figure.acknowledged)}, lost ${String(lost)}`)
    return figure
  } finally {
    await tablet.remove()
    await site.stop()
  }
}
