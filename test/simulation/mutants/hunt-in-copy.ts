// Runs inside a copy of the program: plays histories until one breaks a promise, and says which in one line of JSON.
// Arguments: the first seed, and how many histories at most.
import { playSeeds, range } from '#test/simulation/play-seeds.ts'

const [first = '1', within = '1'] = process.argv.slice(2)

async function hunt(from: number, until: number): Promise<string | null> {
  for (const seed of range(from, until)) {
    const { failed } = await playSeeds([seed])
    const [failure] = failed
    if (failure !== undefined) return JSON.stringify({ histories: seed - from + 1, reason: failure.reason })
  }
  return null
}

console.log((await hunt(Number(first), Number(first) + Number(within) - 1)) ?? 'null')
