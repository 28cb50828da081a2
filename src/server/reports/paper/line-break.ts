// How wide a text is in a form, and where it is broken so that no merged cell cuts it off.

/** Width in the unit of columns: a Han character is about two Latin ones wide. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
  return width
}

/** A text in lines no wider than `width`, broken between any two characters and at its own line ends. */
export function brokenLines(text: string, width: number): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const lines: string[] = []
    let rest = ''
    for (const character of line) {
      if (rest !== '' && textWidth(rest + character) > width) {
        lines.push(rest)
        rest = ''
      }
      rest += character
    }
    return [...lines, rest]
  })
}
