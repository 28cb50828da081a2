// The six digits a trainee opens his card with. Drawn evenly, and never one that anybody would try first.
import type { RandomBytes } from './cipher.ts'

const CODES = 1_000_000

/** Whether a code is a run (123456, 987654) or made of fewer than three different digits. */
export function isObviousCode(code: string): boolean {
  const digits = [...code].map(Number)
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)))
  const isRun = steps.size === 1 && (steps.has(1) || steps.has(-1))
  return isRun || new Set(digits).size < 3
}

/** Draws a code; numbers that would make some codes likelier than others are thrown away. */
export function drawCode(random: RandomBytes): string {
  const fairLimit = Math.floor(2 ** 32 / CODES) * CODES
  for (;;) {
    const bytes = random(4)
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    const code = String(drawn % CODES).padStart(6, '0')
    if (drawn < fairLimit && !isObviousCode(code)) return code
  }
}
