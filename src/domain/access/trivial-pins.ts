// PINs a stranger would try first. @rule ACC-4

/** The popular ones that no pattern below catches. Data. */
const POPULAR = new Set(
  (
    '520520 521521 131452 131420 520131 201314 147258 147369 159357 159753 258369 369258 741852 852741 963852 789456 456789 147852 ' +
    '666888 888666 668866 886688 168168 188888 888168 518518 168888 886886 668668 558558 110110 119119 120120 112112 100100 200200 ' +
    '100200 101010 102030 010203 203040 123654 456123 321654 789123 147147 258258 369369 159159 357357 123789 987123 112358 314159 ' +
    '271828 141421 121314 131415 102938 142536 362514 123580 135790 246800 135246 246135 135791 246810 124816 112211 123445 ' +
    '112234 111000 000111 100000 000001 111110 011111 200000 300000 500000 600000 800000 900000 123000 000123 520000 666666 ' +
    '199001 199101 200001 198001 198501 202601 202501 202401 202301 202001 201001 123457 123450 012340 654320'
  ).split(' '),
)

/** Every step between digits is the same (111111, 123456, 654321, 135791), counting on from 9 to 0. */
function isRun(pin: string): boolean {
  const steps = new Set([...pin.slice(1)].map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10))
  return steps.size === 1
}

/** One block again and again: 121212, 123123. */
function isRepeated(pin: string): boolean {
  return pin.slice(0, 3) === pin.slice(3) || pin === pin.slice(0, 2).repeat(3)
}

/** Pairs or halves of equal digits: 112233, 111222. */
function isDoubled(pin: string): boolean {
  const pairs = pin[0] === pin[1] && pin[2] === pin[3] && pin[4] === pin[5]
  const halves = new Set(pin.slice(0, 3)).size === 1 && new Set(pin.slice(3)).size === 1
  return pairs || halves
}

/** The second half mirrors the first: 123321. */
function isMirrored(pin: string): boolean {
  return pin === [...pin].reverse().join('')
}

/** Whether a PIN of six digits is too easy to guess. @rule ACC-4 */
export function isTrivialPin(pin: string): boolean {
  return isRun(pin) || isRepeated(pin) || isDoubled(pin) || isMirrored(pin) || POPULAR.has(pin)
}
