// A device's own chain of entries, and the pushes it signs. Knows nothing of servers.
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import type { Entry } from '#contract/envelope.ts'
import type { BodyOf, TestimonyKind } from '#contract/kind-registry.ts'
import type { PushHeader } from '#contract/sync.ts'
import type { ActorId, CalendarDate, DeviceId, FacilityId, Hash, Instant, Role } from '#contract/values.ts'
import type { SigningKey } from '#server/ledger/ed25519.ts'
import { pushText } from '#server/ledger/signed-texts.ts'

export interface ChainedEntry {
  readonly id: Hash
  readonly text: string
  readonly entry: Entry
}

/** What a test says of an entry; the chain adds the rest. Any kind and body may be given: tests also write what no client would. */
export interface TestDraft {
  readonly stream: string
  readonly kind: string
  readonly actorId: string
  readonly role: Role
  readonly body: Readonly<Record<string, unknown>>
  readonly occurredOn?: string
  readonly recordedAt?: string
  readonly basedOn?: Hash | null
}

/** A draft whose body is checked by the compiler. */
export function testimony<Kind extends TestimonyKind>(
  stream: string,
  kind: Kind,
  by: { actorId: string; role: Role },
  body: BodyOf<Kind>,
): TestDraft {
  return { stream, kind, ...by, body }
}

export interface TestChain {
  readonly epoch: string
  readonly entries: readonly ChainedEntry[]
  record(draft: TestDraft): ChainedEntry
  /** Adds a text as it stands, whatever it is. */
  recordText(text: string): ChainedEntry
  /** The body of a push of `count` entries from `fromSeq`; `change` alters the header after it was signed. */
  pushBody(fromSeq: number, count: number, change?: (header: PushHeader) => object): Uint8Array
  /** A chain that shares everything up to now and goes its own way from here. */
  branch(): TestChain
}

const DAY = '2026-11-02'
const MOMENT = '2026-11-02T01:00:00.000Z'

export function makeTestChain(
  who: { facilityId: FacilityId; deviceId: DeviceId },
  key: SigningKey,
  epoch: string,
  shared: readonly ChainedEntry[] = [],
): TestChain {
  const entries = [...shared]
  const { facilityId, deviceId } = who
  const headAt = (seq: number): Hash => (seq === 0 ? GENESIS_HASH : (entries[seq - 1]?.id ?? GENESIS_HASH))
  const chain: TestChain = {
    epoch,
    entries,
    record(draft) {
      const { stream, kind, role, body } = draft
      const entry: Entry = {
        facilityId,
        stream,
        kind,
        actorId: draft.actorId as ActorId,
        role,
        deviceId,
        epoch,
        seq: entries.length + 1,
        occurredOn: (draft.occurredOn ?? DAY) as CalendarDate,
        recordedAt: (draft.recordedAt ?? MOMENT) as Instant,
        basedOn: draft.basedOn ?? null,
        body: { ...body },
      }
      return chain.recordText(canonicalText(entry))
    },
    recordText(text) {
      let entry = {} as Entry
      try {
        entry = JSON.parse(text) as Entry
      } catch {
        // A test may push what is no JSON at all.
      }
      const chained = { id: entryIdOf(headAt(entries.length), text), text, entry }
      entries.push(chained)
      return chained
    },
    pushBody(fromSeq, count, change = (header) => header) {
      const texts = entries.slice(fromSeq - 1, fromSeq - 1 + count).map(({ text }) => text)
      const head = headAt(fromSeq - 1 + texts.length)
      const unsigned = { facilityId, deviceId, epoch, fromSeq, count: texts.length, head }
      const header = change({ ...unsigned, signature: key.sign(pushText(unsigned)) })
      return Buffer.from([JSON.stringify(header), ...texts].map((line) => `${line}\n`).join(''))
    },
    branch: () => makeTestChain(who, key, epoch, entries),
  }
  return chain
}
