import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actCommands, type ActName } from '#contract/commands/acts.ts'
import { testimonyCommands } from '#contract/commands/testimony.ts'
import type { Entry, RecordedEntry, StreamId } from '#contract/envelope.ts'
import { familyOf } from '#contract/streams.ts'
import type { Hash, Instant } from '#contract/values.ts'
import { type CommandName, deciders, decideCommand, familiesOf, gatherNeeds } from '#domain/deciders.ts'
import { emptyState, foldEntries, foldEntry } from '#domain/stream-folds.ts'
import { act, aFacility, aScoredClass, aSealedClass, planBody } from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

const streams = (world: World) => [...new Set(world.entries.map(({ entry }) => entry.stream))]

function folded(entries: readonly RecordedEntry[], stream: StreamId): unknown {
  const family = familyOf(stream)
  if (family === null) throw new Error(stream)
  return foldEntries(
    family,
    emptyState(family),
    entries.filter(({ entry }) => entry.stream === stream),
  )
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen)
    Object.freeze(value)
  }
  return value
}

describe('folds', () => {
  it('[LED-5] are pure: frozen input, the same state each time, whole or in two steps', () => {
    const world = aSealedClass()
    frozen(world.entries)
    fc.assert(
      fc.property(fc.constantFrom(...streams(world)), fc.nat(50), (stream, cut) => {
        const family = familyOf(stream)
        if (family === null) throw new Error(stream)
        const own = world.entries.filter(({ entry }) => entry.stream === stream)
        const whole = folded(world.entries, stream)
        const first = frozen(foldEntries(family, emptyState(family), own.slice(0, cut)))
        expect(foldEntries(family, first, own.slice(cut))).toEqual(whole)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it.each(['attendance.marked.v2', 'weather.noted.v1'])(
    '[LED-5] the unknown kind %s changes nothing, in no family',
    (kind) => {
      const world = aScoredClass()
      for (const stream of streams(world)) {
        const family = familyOf(stream)
        if (family === null) throw new Error(stream)
        const entry = { ...(world.entries[0]?.entry as Entry), stream, kind }
        const state = world.state(family, stream)
        expect(foldEntry(family, state, { id: 'f'.repeat(64) as Hash, position: 999, entry })).toBe(state)
      }
    },
  )

  it('[LED-5] an id that spells an inherited name is an id like any other', () => {
    const world = aFacility()
    const trainees = [
      {
        traineeId: 'constructor',
        isNew: true,
        facts: { sex: 'male', bornOn: '1990-01-01', termEndsOn: '2026-12-31', workCapable: true },
      },
    ]
    world.do('admitTrainees', act('admitTrainees', { importId: null, trainees }))
    world.do('planClass', act('planClass', planBody))
    world.do(
      'enrollTrainees',
      act('enrollTrainees', { classId: 'C1', trainees: [{ traineeId: 'constructor', wishRank: null }] }),
    )
    world.do('openClass', act('openClass', { classId: 'C1', openedOn: '2026-03-10' }))
    const mark = {
      classId: 'C1',
      sessionId: 'S1',
      traineeId: 'constructor',
      mark: 'absent',
      minutes: null,
      leaveReason: null,
      noteId: null,
      correctionReason: null,
    }
    expect(world.do('markAttendance', testimonyCommands.markAttendance.parse(mark))).toHaveLength(1)
    const scored = {
      classId: 'C1',
      traineeId: 'constructor',
      part: 'theory',
      attempt: 1,
      result: { scoreTenths: 700 },
      correctionReason: null,
    }
    expect(world.do('recordScore', testimonyCommands.recordScore.parse(scored))).toHaveLength(1)
  })

  it('[LED-7] the time a device writes changes nothing that counts', () => {
    const world = aSealedClass()
    const wrong = world.entries.map((recorded, index) => {
      const recordedAt = `20${String(40 - (index % 30)).padStart(2, '0')}-01-01T00:00:00.000Z` as Instant
      return { ...recorded, entry: { ...recorded.entry, recordedAt } }
    })
    const withoutTime = (state: unknown) =>
      JSON.stringify(state, (key, value) => (key === 'recordedAt' || key === 'sealedAt' ? undefined : value))
    for (const stream of streams(world))
      expect(withoutTime(folded(wrong, stream))).toBe(withoutTime(folded(world.entries, stream)))
  })
})

describe('decisions', () => {
  const names = Object.keys(deciders) as CommandName[]

  it('[LED-6] there is one rule for each command of the contract, and no other', () => {
    expect([...names].sort()).toEqual([...Object.keys(actCommands), ...Object.keys(testimonyCommands)].sort())
  })

  it('[LED-6] only acts may ask for whole families', () => {
    for (const name of Object.keys(testimonyCommands) as CommandName[])
      expect([name, familiesOf(name)]).toEqual([name, []])
    expect(familiesOf('planClass')).toEqual(['class'])
  })

  it('[LED-6] needs follow references step by step and come to an end', () => {
    const world = aScoredClass()
    const body = testimonyCommands.recordScore.parse({
      classId: 'C1',
      traineeId: 'A1',
      part: 'theory',
      attempt: 2,
      result: { scoreTenths: 1 },
      correctionReason: null,
    })
    const nothing = aFacility()
    const first = gatherNeeds('recordScore', body, nothing.reader(), new Set())
    expect([...first].sort()).toEqual(['class/C1', 'class/C1/assessment', 'class/C1/roster', 'facility'])
    const second = gatherNeeds('recordScore', body, world.reader(), new Set(first))
    expect([...second].sort()).toEqual(['class/C1/session/S1', 'class/C1/session/S2'])
    expect(gatherNeeds('recordScore', body, world.reader(), new Set([...first, ...second]))).toEqual([])
  })

  it('[LED-6] a decision writes nothing and gives the same answer twice', () => {
    const world = aScoredClass()
    const before = JSON.stringify(world.entries)
    const completing = act('completeClass', { classId: 'C1', completedOn: '2026-03-11' })
    const answers = [world.decide('completeClass', completing), world.decide('completeClass', completing)]
    expect(answers[0]).toEqual(answers[1])
    expect(JSON.stringify(world.entries)).toBe(before)
  })

  it('[LED-6] over an empty ledger every command gets an answer, never an exception', () => {
    const empty = { state: (family: never) => emptyState(family), all: () => [] }
    const bodies: Record<string, unknown> = {
      ...bodiesOf(aSealedClass()),
      undoImport: { importId: 'I1' },
      makeTraineeCodes: { traineeIds: ['A1'] },
      issueCertificates: { classId: 'C1', issuedOn: '2026-03-20' },
    }
    for (const name of names) {
      const body = bodies[name] ?? {
        classId: 'C1',
        sessionId: 'S1',
        traineeId: 'A1',
        staffId: 'T1',
        providerId: 'P1',
        roomId: 'R1',
        pin: '274916',
        number: 'X',
      }
      for (const role of ['administrator', 'system'] as const) {
        const context = { actorId: 'B1' as never, role, today: '2026-03-10' as never }
        const answer = decideCommand(name, body as never, empty as never, context)
        expect([name, typeof answer.ok]).toEqual([name, 'boolean'])
      }
    }
  })

  /** Bodies of commands the fixture gave, by the entries they became. */
  function bodiesOf(world: World): Record<string, unknown> {
    const byKind = new Map(world.entries.map(({ entry }) => [entry.kind, entry.body]))
    const found = (kind: string, more: object = {}) => ({ ...byKind.get(kind), ...more })
    const pairs: [ActName | CommandName, unknown][] = [
      ['planClass', found('class.planned.v1')],
      ['setHouseRules', { rules: { workingAge: [] } }],
      ['publishSyllabus', found('catalogue.syllabus-published.v1')],
      ['admitTrainees', { importId: null, trainees: [] }],
      ['enrollTrainees', { classId: 'C1', trainees: [] }],
      ['changeSession', { classId: 'C1', session: planBody.sessions[0], cancelled: false, reason: 'other' }],
      ['recordScore', found('assessment.scored.v1')],
      ['registerWishes', { traineeId: 'A1', wishes: [] }],
      ['recordCertificate', { classId: 'C1', traineeId: 'A1', issuerName: 'x' }],
    ]
    return Object.fromEntries(pairs)
  }
})
