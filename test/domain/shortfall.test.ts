import { describe, expect, it } from 'vitest'
import { canonicalText, hashText } from '#contract/canonical.ts'
import { actCommands } from '#contract/commands/acts.ts'
import { shortfallWordsHash } from '#domain/completion/decide.ts'
import { cancel, codeAndItem, completing, figures, sealing, statuses } from '#test/domain/class-end.ts'
import { act, aScoredClass, complete, mark, planBody, shortfall, teacher } from '#test/domain/facility-fixture.ts'

describe('a class that ends early or short', () => {
  it('[CLS-13] while lessons are still to come the class is not completed, and the refusal names the first of them', () => {
    const days = [1, 2, 3, 4, 5].map((day) => ({
      sessionId: `N${day}`,
      on: `2026-04-0${day}`,
      startsAt: '08:30',
      minutes: 90,
    }))
    const world = aScoredClass({ sessions: [...planBody.sessions, ...days] })
    const answer = world.decide('completeClass', completing('2026-03-11'))
    expect(answer).toMatchObject({
      refusal: {
        code: 'class/lessons-to-come',
        details: { count: 5, lessons: '2026-04-01 08:30, 2026-04-02 08:30, 2026-04-03 08:30' },
      },
    })
    expect(statuses(world)['lessons']).toBe('open')
    expect(figures(world)['lessons']).toEqual({ toCome: 5, notOver: 0, sessions: 7 })
    for (const { sessionId, on } of days) cancel(world, sessionId, on)
    expect(figures(world)['lessons']).toEqual({ toCome: 0, notOver: 0, sessions: 2 })
    expect(codeAndItem(world)).toBe('yes')
  })

  it('[CLS-13] a lesson that was called and then moved to a later day is still to come', () => {
    const world = aScoredClass()
    world.do(
      'changeSession',
      act('changeSession', {
        classId: 'C1',
        session: { sessionId: 'S2', on: '2026-04-20', startsAt: '08:30', minutes: 90 },
        cancelled: false,
        reason: 'rescheduled',
      }),
    )
    expect(codeAndItem(world, completing('2026-04-20'))).toBe('class/lessons-to-come')
  })

  it('[CLS-14] fewer hours than the syllabus need a reason, which the completion keeps with the hash of its words', () => {
    const world = aScoredClass()
    expect(statuses(world)['syllabus']).toBe('reason')
    expect(figures(world)['syllabus']).toEqual({ taught: 180, planned: 360 })
    expect(world.decide('completeClass', completing('2026-03-11', {}))).toMatchObject({
      refusal: { code: 'class/shortfall-unexplained', details: { taught: 4, planned: 8 } },
    })
    complete(world)
    expect(statuses(world)['syllabus']).toBe('done')
    expect(world.state('class', 'class/C1').completion?.shortfall).toEqual({
      reason: 'part-only',
      noteId: 'N1',
      wordsHash: shortfallWordsHash(shortfall.words),
      syllabusMinutes: 360,
    })
    expect(JSON.stringify(world.entries)).not.toContain(shortfall.words)
  })

  it('[CLS-14] a reason has a code and words', () => {
    const parses = (change: object) =>
      actCommands.completeClass.safeParse({ ...completing(), shortfall: { ...shortfall, ...change } }).success
    expect(parses({})).toBe(true)
    for (const change of [{ words: '' }, { words: '  \n' }, { words: '长'.repeat(401) }, { reason: 'because' }])
      expect(parses(change)).toBe(false)
  })

  it('[CLS-14] as many hours as the syllabus has need none, nor does a syllabus nobody knows', () => {
    const whole = { sessions: planBody.sessions.map((one) => ({ ...one, minutes: 180 })) }
    expect(codeAndItem(aScoredClass(whole), completing('2026-03-11', {}))).toBe('yes')
    const world = aScoredClass()
    const kept = world.entries.filter(({ entry }) => entry.kind !== 'catalogue.syllabus-published.v1')
    world.entries.splice(0, world.entries.length, ...kept)
    expect(codeAndItem(world, completing('2026-03-11', {}))).toBe('yes')
    complete(world)
    expect(world.state('class', 'class/C1').completion?.shortfall?.syllabusMinutes).toBe(null)
  })

  it.each([
    ['09:59', 'reason', 'class/shortfall-unexplained'],
    ['10:00', 'done', 'yes'],
  ])('[CLS-14] the last lesson ending at 10:00, at %s its row says %s', (time, status, answer) => {
    const world = aScoredClass({
      sessions: [
        { sessionId: 'S1', on: '2026-03-10', startsAt: '08:30', minutes: 270 },
        { sessionId: 'S2', on: '2026-03-11', startsAt: '08:30', minutes: 90 },
      ],
    })
    expect(statuses(world, time)['lessons']).toBe(status)
    expect(world.codeOf('completeClass', completing('2026-03-11', {}), { time })).toBe(answer)
    expect(world.codeOf('completeClass', completing(), { time })).toBe('yes')
  })

  it('[CLS-10] of a class that had nothing to explain the hash is made as it always was', () => {
    const sessions = planBody.sessions.map((one) => ({ ...one, minutes: 180 }))
    const world = aScoredClass({ sessions })
    world.do('completeClass', completing('2026-03-11', {}))
    world.do('sealClass', sealing)
    const { plan, completion, seal } = world.state('class', 'class/C1')
    const content = { plan, completedOn: '2026-03-11', outcomes: completion?.outcomes }
    expect(seal?.contentHash).toBe(hashText(canonicalText(content)))
  })

  it('[CLS-13] not while a lesson is still to come', () => {
    const world = aScoredClass()
    complete(world)
    world.today = '2026-03-10' as typeof world.today
    expect(world.codeOf('sealClass', sealing)).toBe('class/lessons-to-come')
  })

  it('[CLS-10] not over an open finding', () => {
    const world = aScoredClass()
    complete(world)
    const late = { ...mark(), sessionId: 'S1' } as ReturnType<typeof mark>
    world.append(
      {
        stream: 'class/C1/session/S1',
        kind: 'attendance.marked.v1',
        body: late,
        occurredOn: world.today,
        basedOn: null,
      },
      teacher,
    )
    expect(world.codeOf('sealClass', sealing)).toBe('class/not-complete')
  })
})
