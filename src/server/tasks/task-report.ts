// What a task answers: whether it did its work, a sentence for the person, facts for a program.

/** The facts become the last line, as JSON with `ok`. */
export interface TaskReport {
  readonly ok: boolean
  readonly sentence: string
  readonly facts: Readonly<Record<string, string | number | null>>
}
