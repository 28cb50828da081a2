const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** What a press on the number pad says. `.` comes only from a physical keyboard. */
export type PadKey = (typeof digits)[number] | '100' | '.5' | '.' | 'absent' | 'deferred' | 'back' | 'next'

const namedKeys: Readonly<Record<string, PadKey>> = {
  Backspace: 'back',
  Delete: 'back',
  Enter: 'next',
  '.': '.',
  Decimal: '.',
  q: 'absent',
  Q: 'absent',
  h: 'deferred',
  H: 'deferred',
}

/** The pad key a physical key stands for, or undefined for every other key. */
export function padKeyOf(key: string): PadKey | undefined {
  return digits.find((digit) => digit === key) ?? namedKeys[key]
}
