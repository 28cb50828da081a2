import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordedEntry } from '#contract/envelope.ts'
import type { CalendarDate, TraineeId } from '#contract/values.ts'
import type { SessionState } from '#domain/attendance/state.ts'
import { emptyState, foldEntries } from '#domain/stream-folds.ts'
import { act, anOpenClass, mark, score } from '#test/domain/facility-fixture.ts'
import type { Who, World } from '#test/domain/world.ts'

const S1 = 'class/C1/session/S1'
const A1 = 'A1' as TraineeId

/** What a tablet knows: everything up to `seen` in the ledger, and its own entries. */
class Tablet {
  readonly own: RecordedEntry[] = []
  readonly world: World
  readonly who: Who
  seen: number

  constructor(world: World, device: string, actor = 'T1') {
    this.world = world
    this.who = { role: 'instructor', actor, device }
    this.seen = world.entries.length
  }

  pull(): void {
    this.seen = this.world.entries.length
  }

  mark(change: object): RecordedEntry {
    const view = anEmptyView(this.world, [...this.world.entries.slice(0, this.seen), ...this.#pending()])
    const answer = view.decide('markAttendance', mark({ correctionReason: 'other', ...change }), this.who)
    if (!answer.ok) throw new Error(answer.refusal.code)
    const draft = answer.value[0]
    if (draft === undefined) throw new Error('no entry: the word is the same')
    const recorded = this.world.make(draft, this.who)
    this.own.push(recorded)
    return recorded
  }

  #pending(): RecordedEntry[] {
    const known = new Set(this.world.entries.slice(0, this.seen).map(({ id }) => id))
    return this.own.filter(({ id }) => !known.has(id))
  }
}

function anEmptyView(world: World, entries: readonly RecordedEntry[]): World {
  const view = anOpenClass()
  view.entries.splice(0, view.entries.length, ...entries)
  view.today = world.today
  return view
}

function contested(state: SessionState): readonly (readonly [string, string, boolean])[] {
  return state.findings.map(({ entryIds, settled }) => [entryIds[0] ?? '', entryIds[1] ?? '', settled])
}

function twoTablets() {
  const world = anOpenClass()
  world.today = '2026-03-12' as CalendarDate
  return { world, first: new Tablet(world, 'tablet-1'), second: new Tablet(world, 'tablet-2') }
}
const session = (world: World) => world.state('session', S1)
const settle = (change: object) =>
  act('settleAttendance', {
    classId: 'C1',
    sessionId: 'S1',
    traineeId: 'A1',
    minutes: null,
    leaveReason: null,
    reason: 'asked-both',
    ...change,
  })

describe('two tablets that had not seen each other', () => {
  it("[ATT-7] A:1' B:1 | A pushes → both are kept, the later position counts, a finding", () => {
    const { world, first, second } = twoTablets()
    const absent = first.mark({ mark: 'absent' })
    const late = world.receive(second.mark({ mark: 'late', minutes: 10 }))
    world.receive(absent)
    expect(session(world).history[A1]?.map((record) => record.mark)).toEqual(['late', 'absent'])
    expect(session(world).marks[A1]?.mark).toBe('absent')
    expect(contested(session(world))).toEqual([[late.id, absent.id, false]])
  })

  it('[ATT-7] the same word from both is no finding', () => {
    const { world, first, second } = twoTablets()
    for (const one of [first.mark({}), second.mark({})]) world.receive(one)
    expect(session(world).history[A1]).toHaveLength(2)
    expect(contested(session(world))).toEqual([])
  })

  it('[ATT-7] the same mark with other minutes is another word', () => {
    const { world, first, second } = twoTablets()
    for (const one of [first.mark({ mark: 'late', minutes: 10 }), second.mark({ mark: 'late', minutes: 11 })])
      world.receive(one)
    expect(contested(session(world))).toHaveLength(1)
  })

  it('[ATT-7] what somebody wrote after seeing the other is a correction', () => {
    const { world, first, second } = twoTablets()
    world.receive(first.mark({}))
    second.pull()
    world.receive(second.mark({ mark: 'late', minutes: 10 }))
    expect(session(world).marks[A1]?.mark).toBe('late')
    expect(contested(session(world))).toEqual([])
  })

  it('[ATT-7] only the last word of each side counts, however the tablets are emptied', () => {
    for (const order of ['aab', 'aba', 'baa']) {
      const { world, first, second } = twoTablets()
      const mine = [first.mark({ mark: 'absent' }), first.mark({ mark: 'late', minutes: 10 })]
      const theirs = [second.mark({ mark: 'absent' })]
      for (const side of order) world.receive((side === 'a' ? mine.shift() : theirs.shift()) as RecordedEntry)
      const ids = new Set(contested(session(world)).flatMap(([one, two]) => [one, two]))
      expect([order, contested(session(world)).length, ids.has(first.own[0]?.id ?? '')]).toEqual([order, 1, false])
    }
  })

  it('[ATT-12] a settlement ends the dispute and keeps it in sight', () => {
    const { world, first, second } = twoTablets()
    for (const one of [first.mark({}), second.mark({ mark: 'late', minutes: 10 })]) world.receive(one)
    world.do('settleAttendance', settle({ mark: 'late', minutes: 10 }), { role: 'officer', actor: 'B2' })
    expect(contested(session(world)).map(([, , settled]) => settled)).toEqual([true])
    expect(session(world).marks[A1]).toMatchObject({ mark: 'late', minutes: 10, settlement: true })
  })

  it('[ATT-12] one of the two correcting himself after seeing both does not settle it', () => {
    const { world, first, second } = twoTablets()
    for (const one of [first.mark({}), second.mark({ mark: 'late', minutes: 10 })]) world.receive(one)
    first.pull()
    world.receive(first.mark({ mark: 'present' }))
    expect(session(world).marks[A1]).toBeUndefined()
    expect(contested(session(world)).map(([, , settled]) => settled)).toEqual([false])
  })

  it('[ATT-12] a third tablet that comes after the settlement opens a new one', () => {
    const { world, first, second } = twoTablets()
    const third = new Tablet(world, 'tablet-3')
    const offline = third.mark({ mark: 'excused', leaveReason: 'visit' })
    for (const one of [first.mark({}), second.mark({ mark: 'late', minutes: 10 })]) world.receive(one)
    world.do('settleAttendance', settle({ mark: 'absent' }))
    world.receive(offline)
    expect(contested(session(world)).map(([, second_, settled]) => [second_ === offline.id, settled])).toEqual([
      [false, true],
      [true, false],
    ])
    world.do('settleAttendance', settle({ mark: 'absent' }))
    expect(contested(session(world)).every(([, , settled]) => settled)).toBe(true)
  })

  it('[ATT-7] what both said alike and one then corrects, having seen it, is no dispute', () => {
    const { world, first, second } = twoTablets()
    const third = new Tablet(world, 'tablet-3')
    for (const one of [first.mark({}), second.mark({})]) world.receive(one)
    third.pull()
    world.receive(third.mark({ mark: 'late', minutes: 5 }))
    expect(contested(session(world))).toEqual([])
  })

  it('[ASM-7] two scores for one attempt are kept and contested, and settled by an administrator', () => {
    const world = anOpenClass()
    const draftOf = (scoreTenths: number, device: string) => {
      const answer = world.decide('recordScore', score({ result: { scoreTenths } }), {
        role: 'instructor',
        actor: 'T1',
        device,
      })
      if (!answer.ok || answer.value[0] === undefined) throw new Error('no draft')
      return world.make(answer.value[0], { role: 'instructor', actor: 'T1', device })
    }
    const [one, two, three] = [draftOf(700, 'tablet-1'), draftOf(710, 'tablet-2'), draftOf(710, 'tablet-3')]
    for (const entry of [one, two, three]) world.receive(entry)
    const assessment = () => world.state('assessment', 'class/C1/assessment')
    expect(assessment().findings.map(({ code, entryIds, settled }) => [code, entryIds, settled])).toEqual([
      ['assessment/contested', [one.id, two.id], false],
      ['assessment/contested', [one.id, three.id], false],
    ])
    expect(assessment().history[A1]).toHaveLength(3)
    const of = { classId: 'C1', traineeId: 'A1', part: 'theory', attempt: 1 }
    world.do('settleScore', act('settleScore', { ...of, result: { scoreTenths: 700 }, reason: 'answer-sheet' }))
    expect(assessment().findings.every(({ settled }) => settled)).toBe(true)
    expect(assessment().scores[A1]?.[0]).toMatchObject({ result: { scoreTenths: 700 }, settlement: true })
  })
})

const words = [
  { mark: 'present' },
  { mark: 'absent' },
  { mark: 'late', minutes: 10 },
  { mark: 'excused', leaveReason: 'visit' },
] as const
/** Words one tablet says one after the other, none twice in a row; saying present first would be no entry. */
const aTablet = fc
  .array(fc.integer({ min: 0, max: words.length - 1 }), { maxLength: 4 })
  .map((list) => list.filter((one, index) => (index === 0 ? one !== 0 : one !== list[index - 1])))
  .map((list) => list.filter((one, index) => one !== (list[index - 1] ?? 0)))

describe('any interleaving', () => {
  it('[ATT-7] gives the same history and a finding exactly when the last words differ', () => {
    fc.assert(
      fc.property(aTablet, aTablet, fc.infiniteStream(fc.boolean()), (mine, theirs, coins) => {
        const { world, first, second } = twoTablets()
        const written = {
          first: mine.map((index) => first.mark(words[index] ?? {})),
          second: theirs.map((index) => second.mark(words[index] ?? {})),
        }
        const queues = [[...written.first], [...written.second]]
        const arrival: RecordedEntry[] = []
        for (const coin of coins) {
          const queue = queues[coin ? 0 : 1]
          const next = queue?.shift() ?? queues[0]?.shift() ?? queues[1]?.shift()
          if (next === undefined) break
          arrival.push(next)
        }
        for (const one of arrival) world.receive(one)
        const state = session(world)
        const ids = (state.history[A1] ?? []).map(({ entryId }) => entryId).sort()
        expect(ids).toEqual([...written.first, ...written.second].map(({ id }) => id).sort())
        const last = [mine.at(-1), theirs.at(-1)]
        const disagree = last[0] !== undefined && last[1] !== undefined && last[0] !== last[1]
        expect(contested(state)).toHaveLength(disagree ? 1 : 0)
        if (disagree)
          expect(new Set(contested(state)[0]?.slice(0, 2))).toEqual(
            new Set([written.first.at(-1)?.id, written.second.at(-1)?.id]),
          )
        const standing = arrival.at(-1)?.entry.body['mark'] ?? 'present'
        expect(state.marks[A1]?.mark ?? 'present').toBe(standing)
        expect(foldEntries('session', state, arrival)).toEqual(state)
      }),
      { seed: 2019, numRuns: 60 },
    )
  })

  it('[LED-8] pending entries fold to what they fold to once confirmed, apart from saying so', () => {
    fc.assert(
      fc.property(aTablet, aTablet, (mine, theirs) => {
        const { world, first, second } = twoTablets()
        for (const index of theirs) world.receive(second.mark(words[index] ?? {}))
        const confirmed = session(world)
        const pending = mine.map((index) => first.mark(words[index] ?? {}))
        const shown = foldEntries('session', confirmed, pending)
        for (const one of pending) world.receive(one)
        const plain = (state: SessionState) =>
          JSON.stringify(state, (key, value) => (key === 'pending' || key === 'position' ? undefined : value))
        expect(plain(shown)).toBe(plain(session(world)))
        expect(
          Object.values(shown.history)
            .flat()
            .filter((record) => record.pending),
        ).toHaveLength(pending.length)
        expect(foldEntries('session', emptyState('session'), [])).toBe(emptyState('session'))
      }),
      { seed: 45, numRuns: 60 },
    )
  })
})
