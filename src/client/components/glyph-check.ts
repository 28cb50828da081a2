// Whether the fonts of this device can draw a character. Rare characters in names are checked, common ones are not.

const answers = new Map<string, boolean>()
let canvas: CanvasRenderingContext2D | null | undefined

/** Characters outside the everyday blocks: private use, and everything beyond the first plane. */
function isRare(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff || (code >= 0xe000 && code <= 0xf8ff) || (code >= 0x9fa6 && code <= 0x9fff)
}

function drawnPixels(context: CanvasRenderingContext2D, text: string): string {
  context.clearRect(0, 0, 24, 24)
  context.fillText(text, 2, 18)
  return context.getImageData(0, 0, 24, 24).data.join('')
}

function canDraw(character: string): boolean {
  if (canvas === undefined) {
    const element = document.createElement('canvas')
    element.width = 24
    element.height = 24
    canvas = typeof element.getContext === 'function' ? element.getContext('2d', { willReadFrequently: true }) : null
    if (canvas) canvas.font = `18px ${getComputedStyle(document.body).fontFamily}`
  }
  if (!canvas) return true
  // U+10FFFF is no character, so what is drawn for it is the empty box a missing glyph gets.
  return drawnPixels(canvas, character) !== drawnPixels(canvas, '\u{10FFFF}')
}

/** True when the character can be shown; asked once for each rare character. */
export function hasGlyph(character: string): boolean {
  if (!isRare(character)) return true
  const known = answers.get(character)
  if (known !== undefined) return known
  const answer = canDraw(character)
  answers.set(character, answer)
  return answer
}
