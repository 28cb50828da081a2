// Finds tags and attributes in the plain XML of an .xlsx part. Not an XML parser: enough to survey a sheet
// before the real parser is let near it.

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Yields the opening tags of one element, with or without a namespace prefix, in document order. */
export function* tagsOf(xml: string, element: string): Generator<string> {
  const pattern = new RegExp(`<(?:[A-Za-z0-9_]+:)?${element}(?=[\\s/>])[^<>]*>`, 'g')
  for (const match of xml.matchAll(pattern)) yield match[0]
}

/** The value of an attribute, with or without a namespace prefix; null when the tag does not carry it. */
export function attributeOf(tag: string, attribute: string): string | null {
  const match = new RegExp(`\\s(?:[A-Za-z0-9_]+:)?${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  const value = match?.[1] ?? match?.[2]
  return value === undefined ? null : unescapeXml(value)
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
