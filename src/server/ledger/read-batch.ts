// Reads the body of a push: a header line, then one entry text a line. Form only; what it means is judged later.
import { ENTRY_BYTES_MAX, PushHeader } from '#contract/sync.ts'
import { isSignedBy } from './ed25519.ts'
import { done, type Outcome, problem } from './outcome.ts'
import { pushText } from './signed-texts.ts'

/** A push whose form is right and whose head the device signed. */
export interface Batch {
  readonly header: PushHeader
  readonly texts: readonly string[]
}

function linesOf(body: Uint8Array): readonly string[] | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  } catch {
    return null
  }
}

function headerOf(line: string): PushHeader | null {
  try {
    const parsed = PushHeader.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/**
 * Takes an unpacked push body apart. Problems: malformed, too-large (one entry over 64 KiB), bad-signature (the head is not signed by that key).
 */
export function readBatch(body: Uint8Array, publicKey: string): Outcome<Batch> {
  const [first, ...texts] = linesOf(body) ?? []
  const header = first === undefined ? null : headerOf(first)
  if (header === null || texts.length !== header.count) return problem('malformed')
  if (texts.some((text) => text.length > ENTRY_BYTES_MAX || Buffer.byteLength(text) > ENTRY_BYTES_MAX))
    return problem('too-large')
  if (!isSignedBy(publicKey, pushText(header), header.signature)) return problem('bad-signature')
  return done({ header, texts })
}
