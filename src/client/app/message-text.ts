// How a sentence of the messages becomes text: `{name}` is the value of that name, and everything else stands as it is written.
// The messages use nothing more, so the message compiler of vue-i18n, a tenth of what the first page loads, is left out of the build.

/** The part of vue-i18n's message context that a sentence asks. */
interface Values {
  readonly named: (name: string) => unknown
}

type Sentence = (values: Values) => string

const PLACE = /\{\s*(\w+)\s*\}/
const sentences = new Map<string, Sentence>()

function shown(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

function sentenceOf(text: string): Sentence {
  // Splitting at a group leaves words at even places and names at odd ones.
  const parts = text.split(new RegExp(PLACE, 'g'))
  if (parts.length === 1) return () => text
  return (values) => parts.map((part, place) => (place % 2 === 0 ? part : shown(values.named(part)))).join('')
}

/** Reads one sentence; the same one is read once. Given to vue-i18n as its message compiler. */
export function messageText(message: unknown): Sentence {
  const text = String(message)
  const known = sentences.get(text)
  if (known !== undefined) return known
  const sentence = sentenceOf(text)
  sentences.set(text, sentence)
  return sentence
}
