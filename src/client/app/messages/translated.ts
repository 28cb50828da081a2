/**
 * The shape an English message tree must have: the same keys as the Chinese one, with any text.
 * A key that is missing or left over in the translation does not compile.
 */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]>
}
