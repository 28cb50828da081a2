// The steps a page and a push make, one by one: what may arrive twice, late or in pieces.
import { describe, expect, it } from 'vitest'
import { canonicalText, entryIdOf, GENESIS_HASH } from '#contract/canonical.ts'
import type { Entry } from '#contract/envelope.ts'
import type { Hash } from '#contract/values.ts'
import { emptyState } from '#domain/stream-folds.ts'
import { freshSyncState, stepOfPage, stepOfPush, stepOfRewind } from '#client/ledger/confirm-entries.ts'
import { firstOpenSeq, standingOf, trimRuns } from '#client/ledger/pending-entries.ts'
import { readPulledLine } from '#client/ledger/pulled-page.ts'
import type { SyncState } from '#client/storage/confirmed-store.ts'
import type { Receipt } from '#contract/sync.ts'
import { FOLD_VERSION } from '#domain/fold-version.ts'

const OWNER = { deviceId: 'D1', epoch: 'epoch-0001' }
const NOW = '2026-11-02T01:00:00.000Z' as never
const NONE: ReadonlySet<number> = new Set()

function lineOf(position: number, seq: number, over: Partial<Record<keyof Entry, unknown>> = {}): string {
  const entry = {
    facilityId: 'F1',
    stream: 'trainee/A1/wishes',
    kind: 'enrollment.wishes-registered.v1',
    actorId: 'A1',
    role: 'trainee',
    ...OWNER,
    seq,
    occurredOn: '2026-11-02',
    recordedAt: NOW,
    basedOn: null,
    body: { traineeId: 'A1', wishes: [] },
    ...over,
  }
  const text = canonicalText(entry)
  return `${String(position)} ${entryIdOf(GENESIS_HASH, text)} ${text}`
}
const page = (after: number, head: number, lines: string[]) => ({
  after,
  header: { facilityId: 'F1' as never, serverEpoch: 'E1', head, cursor: head, count: lines.length, more: false },
  lines,
})
const state = (over: Partial<SyncState> = {}): SyncState => ({ ...freshSyncState('E1'), ...over })
const receipt = (lastSeq: number, position: number): Receipt =>
  ({
    facilityId: 'F1',
    deviceId: 'D1',
    epoch: OWNER.epoch,
    lastSeq,
    head: GENESIS_HASH,
    position,
    serverEpoch: 'E1',
    signature: '',
  }) as Receipt
const rows = (...seqs: number[]) => seqs.map((seq) => ({ epoch: OWNER.epoch, seq, id: String(seq) as Hash, text: '' }))
const confirmed = { confirmed: () => Promise.resolve(emptyState('wishes')), warm: () => Promise.resolve() }

describe('a page', () => {
  it('leaves behind which entry was its last, by which what is shown can be proven', async () => {
    const first = await stepOfPage(page(0, 2, [lineOf(1, 1), lineOf(2, 2)]), state(), OWNER, confirmed, NOW)
    const last = { position: 2, id: lineOf(2, 2).split(' ')[1] }
    expect(first?.state.last).toEqual(last)
    // Positions out of this device's scope move the cursor, and what it shows stays as it was.
    const empty = await stepOfPage(page(2, 9, []), first?.state ?? state(), OWNER, confirmed, NOW)
    expect(empty?.state).toMatchObject({ cursor: 9, last })
  })

  it('asks once for every stream it touches, before it folds the first', async () => {
    const asked: string[] = []
    const reader = {
      confirmed: (_family: string, stream: string) => {
        asked.push(stream)
        return Promise.resolve(emptyState('wishes'))
      },
      warm: (streams: readonly string[]) => {
        asked.push(streams.join(' '))
        return Promise.resolve()
      },
    }
    const lines = [1, 2, 3].map((seq) => lineOf(seq, seq, { stream: `trainee/A${String(seq % 2)}/wishes` }))
    await stepOfPage(page(0, 3, lines), state(), OWNER, reader, NOW)
    expect(asked).toEqual(['trainee/A1/wishes trainee/A0/wishes', 'trainee/A1/wishes', 'trainee/A0/wishes'])
  })

  it('[LED-7] folds nothing twice when it comes twice', async () => {
    const first = await stepOfPage(page(0, 2, [lineOf(1, 1), lineOf(2, 2)]), state(), OWNER, confirmed, NOW)
    expect(first?.snapshots).toMatchObject([{ position: 2, state: { changes: 2 } }])
    const again = await stepOfPage(
      page(0, 2, [lineOf(1, 1), lineOf(2, 2)]),
      first?.state ?? state(),
      OWNER,
      confirmed,
      NOW,
    )
    expect(again).toEqual({ state: first?.state })
  })

  it('that begins beyond the cursor or belongs to another server epoch is not applied', async () => {
    expect(await stepOfPage(page(5, 6, [lineOf(6, 1)]), state({ cursor: 4 }), OWNER, confirmed, NOW)).toBe(null)
    expect(await stepOfPage(page(0, 6, [lineOf(6, 1)]), state({ serverEpoch: 'E2' }), OWNER, confirmed, NOW)).toBe(null)
  })

  it('[LED-5] keeps lines of unknown kinds and families without folding them', async () => {
    const lines = [
      lineOf(1, 1, { kind: 'enrollment.wishes-sung.v1' }),
      lineOf(2, 2, { stream: 'orchestra/O1' }),
      lineOf(3, 3, { body: { traineeId: 'A1' } }),
    ]
    const step = await stepOfPage(page(0, 3, lines), state(), OWNER, confirmed, NOW)
    expect(step?.segment?.lines.split('\n')).toEqual(lines)
    expect(step?.snapshots).toEqual([])
    expect(step?.state).toMatchObject({ cursor: 3, pulledSeq: 3, foldVersion: FOLD_VERSION })
  })

  it('of something that is no ledger faults instead of being believed', () => {
    for (const line of ['<html>', '1 abc {}', '0 ' + 'a'.repeat(64) + ' {}', 'x ' + 'a'.repeat(64) + ' {}']) {
      expect(() => readPulledLine(line)).toThrow(expect.objectContaining({ code: 'offline' }) as Error)
    }
  })
})

describe('an own entry', () => {
  it('[LED-8] is laid over the snapshots until it comes back, is refused, or its position is passed', () => {
    const acked = [{ fromSeq: 4, toSeq: 5, position: 20, rising: true }]
    const at = state({ watermark: 5, acked, cursor: 10, pulledSeq: 3 })
    expect(standingOf(3, at, NONE)).toBe(null)
    expect(standingOf(4, at, NONE)).toEqual({ position: 20 })
    expect(standingOf(5, at, NONE)).toEqual({ position: 21 })
    expect(standingOf(6, at, NONE)).toEqual({ position: null })
    expect(standingOf(6, at, new Set([6]))).toBe(null)
    expect(standingOf(5, { ...at, cursor: 20 }, NONE)).toEqual({ position: 21 })
    expect(standingOf(5, { ...at, cursor: 21 }, NONE)).toBe(null)
    expect(firstOpenSeq(at)).toBe(4)
  })

  it('that the site holds stays until it is pulled, wherever the cursor is', () => {
    const acked = [{ fromSeq: 2, toSeq: 4, position: null, rising: false }]
    expect(trimRuns(acked, 1000, new Set([3]))).toEqual([
      { fromSeq: 2, toSeq: 2, position: null, rising: false },
      { fromSeq: 4, toSeq: 4, position: null, rising: false },
    ])
    expect(standingOf(2, state({ watermark: 9, pulledSeq: 9, cursor: 1000, acked }), NONE)).toEqual({ position: null })
  })

  it('that came back by pull before its receipt is not laid over a second time', async () => {
    const step = await stepOfPage(page(0, 1, [lineOf(1, 1)]), state(), OWNER, confirmed, NOW)
    expect(standingOf(1, step?.state ?? state(), NONE)).toBe(null)
    expect(step?.state.watermark).toBe(0)
  })
})

describe('a push', () => {
  it('sorts verdicts into runs, refusals and held entries, and advances over all of them', () => {
    const verdicts = [
      { seq: 1, status: 'recorded', position: 7 },
      { seq: 2, status: 'duplicate', position: 8 },
      { seq: 3, status: 'refused', code: 'access/not-allowed' },
      { seq: 4, status: 'held' },
      { seq: 5, status: 'recorded', position: 9 },
    ] as const
    const step = stepOfPush(
      { rows: rows(1, 2, 3, 4, 5), verdicts: [...verdicts], receipt: receipt(5, 9), safeSeq: null },
      state(),
      [],
      NOW,
    )
    expect(step.state.watermark).toBe(5)
    expect(step.state.acked).toEqual([
      { fromSeq: 1, toSeq: 2, position: 7, rising: true },
      { fromSeq: 4, toSeq: 4, position: null, rising: false },
      { fromSeq: 5, toSeq: 5, position: 9, rising: true },
    ])
    expect(step.refused).toMatchObject([{ seq: 3, code: 'access/not-allowed' }])
  })

  it('waits for the verdict of what the receipt names beyond it, and believes a refusal that was taken back', () => {
    const before = { epoch: OWNER.epoch, seq: 1, id: '1' as Hash, code: 'malformed', refusedAt: NOW }
    const step = stepOfPush(
      {
        rows: rows(1),
        verdicts: [{ seq: 1, status: 'recorded', position: 3 }],
        receipt: receipt(4, 12),
        safeSeq: null,
      },
      state(),
      [before],
      NOW,
    )
    // A file may have brought entries 2 to 4 meanwhile: one of them may be refused, and nobody has said so here yet.
    expect(step.state).toMatchObject({ watermark: 1, acked: [{ fromSeq: 1, toSeq: 1 }] })
    expect(step.noLongerRefused).toEqual([before])
  })

  it('goes back without forgetting what the site still has', () => {
    const acked = [{ fromSeq: 1, toSeq: 6, position: 3, rising: true }]
    expect(stepOfRewind(state({ watermark: 6, acked }), 4).state).toMatchObject({
      watermark: 3,
      acked: [{ fromSeq: 1, toSeq: 3, position: 3 }],
    })
  })
})
