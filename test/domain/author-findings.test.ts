import { describe, expect, it } from 'vitest'
import { lessonAuthorFindings, scoreAuthorFindings } from '#domain/completion/author-findings.ts'
import {
  act,
  anOpenClass,
  aScoredClass,
  count,
  mark,
  score,
  shortfall,
  teacher,
} from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

describe('testimony of somebody disabled since', () => {
  const disable = act('disableStaff', { staffId: 'T1' })
  const enable = act('enableStaff', { staffId: 'T1' })
  const findings = (world: World) => {
    const classState = world.state('class', 'class/C1')
    const staff = [world.state('staff', 'staff/T1')]
    return [
      ...lessonAuthorFindings(classState, world.state('session', 'class/C1/session/S1'), staff),
      ...scoreAuthorFindings(world.state('assessment', 'class/C1/assessment'), staff),
    ].map(({ code, traineeId }) => [code, traineeId])
  }

  it('[ACC-9] said before and arrived before is nothing; arrived in between is a finding, also after he is enabled again', () => {
    const world = anOpenClass()
    world.do('markAttendance', mark({ traineeId: 'A1' }), teacher)
    world.do('disableStaff', disable)
    expect(findings(world)).toEqual([])
    world.do('markAttendance', mark({ traineeId: 'A2' }), teacher)
    expect(findings(world)).toEqual([['attendance/author-disabled', 'A2']])
    world.do('enableStaff', enable)
    world.do('markAttendance', mark({ traineeId: 'A3' }), teacher)
    expect(findings(world)).toEqual([['attendance/author-disabled', 'A2']])
    const of = { classId: 'C1', sessionId: 'S1', traineeId: 'A2', mark: 'absent', minutes: null, leaveReason: null }
    world.do('settleAttendance', act('settleAttendance', { ...of, reason: 'duty-record' }))
    expect(findings(world)).toEqual([])
  })

  it('[ACC-9] a head count is settled by confirming it again, a result by a settlement; until then the class cannot end', () => {
    const world = aScoredClass()
    world.do('disableStaff', disable)
    world.do('confirmHeadCount', count(), teacher)
    world.do(
      'recordScore',
      score({ traineeId: 'A1', result: { scoreTenths: 650 }, correctionReason: 'appeal' }),
      teacher,
    )
    expect(findings(world)).toEqual([
      ['attendance/author-disabled', null],
      ['assessment/author-disabled', 'A1'],
    ])
    const completing = act('completeClass', { classId: 'C1', completedOn: '2026-03-11', shortfall })
    expect(world.codeOf('completeClass', completing)).toBe('class/not-complete')
    world.do('confirmHeadCount', count(), { role: 'administrator', actor: 'B1' })
    expect(world.codeOf('completeClass', completing)).toBe('class/not-complete')
    const of = { classId: 'C1', traineeId: 'A1', part: 'theory', attempt: 1, result: { scoreTenths: 650 } }
    world.do('settleScore', act('settleScore', { ...of, reason: 'answer-sheet' }))
    expect(findings(world)).toEqual([])
    expect(world.codeOf('completeClass', completing)).toBe('yes')
  })
})
