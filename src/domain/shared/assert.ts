// What must hold, or the program itself is wrong. A Bug is thrown here and nowhere is it turned into an answer.

/** Throws an Error with the sentence when the condition does not hold. */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence)
}
