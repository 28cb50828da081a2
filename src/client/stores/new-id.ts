// New ids for the things a page makes: 22 characters that begin with a letter.
import { clientCore } from './container.ts'

/** A new id, never used before. */
export function newId(): string {
  return clientCore().newId()
}
