// What a seeded bug is: a few words of the program's own source, and what stands there in the program that has the bug.

/** What the bug is about. */
export const FAMILIES = ['acknowledgement', 'cursor', 'chain', 'fork', 'restore', 'prune', 'scope', 'dispute'] as const
export type MutantFamily = (typeof FAMILIES)[number]

/** One change of one file: `find` must stand in it exactly once; how its words are spaced and broken into lines does not matter. */
export interface SourceEdit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** A seeded bug. `name` says in words what the program with it does wrong, after "a program that". */
export interface SourceMutant {
  readonly family: MutantFamily
  readonly name: string
  readonly edits: readonly SourceEdit[]
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A text with an edit in it. Throws where the words to find do not stand exactly once. */
export function edited(text: string, { file, find, replace }: SourceEdit): string {
  const words = find.trim().split(/\s+/).map(escaped)
  const found = [...text.matchAll(new RegExp(words.join('\\s+'), 'g'))]
  const [only] = found
  if (only === undefined || found.length > 1)
    throw new Error(`${file}: these words stand there ${String(found.length)} times, not once: ${find.trim()}`)
  return text.slice(0, only.index) + replace + text.slice(only.index + only[0].length)
}
