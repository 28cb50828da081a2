// What lies in a batch file: the bodies of the wire, one after another, each under a line that says what it is and how many lines it has.
import { z } from 'zod'
import { PROBLEMS, type ProblemCode } from './problem.ts'
import { NotesPush, PrivateManifest, PrivateRows, PushAnswer } from './sync.ts'
import { Hash } from './values.ts'

/** Over every part. `after` belongs to a page: the cursor it continues. */
const PartHead = z.strictObject({
  part: z.enum(['request', 'notes', 'push', 'answer', 'private', 'page']),
  lines: z.int().min(1),
  after: z.int().min(0).optional(),
})
type PartName = z.infer<typeof PartHead>['part']

/** A part of the content. */
export interface BatchPart {
  readonly part: PartName
  readonly after?: number
  readonly lines: readonly string[]
}

/** How far the tablet is, so that the answer serves it whole. `privateHash` names the sealed rows it holds. */
export const BatchRequest = z.strictObject({
  serverEpoch: z.string(),
  cursor: z.int().min(0),
  watermark: z.int().min(0),
  privateHash: Hash.nullable(),
})
export type BatchRequest = z.infer<typeof BatchRequest>

/**
 * What became of a file. `inReplyTo` is its hash, `request` what it asked. `answer` holds the verdict of every own entry above the watermark it
 * named, whichever way it came; null before any. `keptNotes` names the notes that are safe at the site. `problem` says why a push was not taken.
 */
export const BatchAnswer = z.object({
  inReplyTo: Hash,
  request: BatchRequest,
  serverEpoch: z.string(),
  answer: PushAnswer.nullable(),
  keptNotes: z.array(z.string()),
  problem: z
    .object({
      code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
      expectSeq: z.int().min(1).nullable(),
    })
    .nullable(),
})
export type BatchAnswer = z.infer<typeof BatchAnswer>

/** The content on its way to the site; each push is a whole push body. */
export interface ToSiteContent {
  readonly request: BatchRequest
  readonly notes: readonly z.infer<typeof NotesPush>['rows'][]
  readonly pushes: readonly string[]
}

/** The content on its way back. `manifest` with null rows: the tablet holds them. Each page is a whole pull answer. */
export interface ToTabletContent {
  readonly answer: BatchAnswer
  readonly manifest: z.infer<typeof PrivateManifest> | null
  readonly rows: z.infer<typeof PrivateRows>['rows']
  readonly pages: readonly { readonly after: number; readonly body: string }[]
}

/** Writes parts as one text. */
export function writeParts(parts: readonly BatchPart[]): string {
  return parts
    .flatMap(({ part, after, lines }) => [
      JSON.stringify({ part, lines: lines.length, ...(after === undefined ? {} : { after }) }),
      ...lines,
    ])
    .join('\n')
}

function parsed<Schema extends z.ZodType>(schema: Schema, line: string | undefined): z.infer<Schema> | null {
  try {
    const result = schema.safeParse(JSON.parse(line ?? ''))
    return result.success ? result.data : null
  } catch {
    return null
  }
}

function readParts(text: string): readonly BatchPart[] | null {
  const lines = text.split('\n')
  const parts: BatchPart[] = []
  for (let at = 0; at < lines.length; ) {
    const head = parsed(PartHead, lines[at])
    const body = lines.slice(at + 1, at + 1 + (head?.lines ?? 0))
    if (head === null || body.length !== head.lines) return null
    parts.push({ part: head.part, lines: body, ...(head.after === undefined ? {} : { after: head.after }) })
    at += 1 + head.lines
  }
  return parts
}

/** Reads the content of a file to the site; null when it is not one. The entries of its pushes are read by whoever takes pushes. */
export function readToSite(text: string): ToSiteContent | null {
  const [first, ...others] = readParts(text) ?? []
  const request = first?.part === 'request' && first.lines.length === 1 ? parsed(BatchRequest, first.lines[0]) : null
  if (request === null) return null
  const notes: ToSiteContent['notes'][number][] = []
  const pushes: string[] = []
  for (const { part, lines } of others) {
    if (part === 'push') pushes.push(lines.join('\n'))
    else {
      const body = part === 'notes' && lines.length === 1 ? parsed(NotesPush, lines[0]) : null
      if (body === null) return null
      notes.push(body.rows)
    }
  }
  return { request, notes, pushes }
}

/** Reads the content of an answer; null when it is not one. Its pages are read by whoever reads pages. */
export function readToTablet(text: string): ToTabletContent | null {
  const [first, ...others] = readParts(text) ?? []
  const answer = first?.part === 'answer' && first.lines.length === 1 ? parsed(BatchAnswer, first.lines[0]) : null
  if (answer === null) return null
  let manifest: ToTabletContent['manifest'] = null
  const rows: ToTabletContent['rows'][number][] = []
  const pages: ToTabletContent['pages'][number][] = []
  for (const { part, after, lines } of others) {
    if (part === 'page' && after !== undefined) pages.push({ after, body: `${lines.join('\n')}\n` })
    else if (part === 'private') {
      manifest = parsed(PrivateManifest, lines[0])
      const bodies = lines.slice(1).map((line) => parsed(PrivateRows, line))
      if (manifest === null || bodies.includes(null)) return null
      rows.push(...bodies.flatMap((body) => body?.rows ?? []))
    } else return null
  }
  return { answer, manifest, rows, pages }
}
