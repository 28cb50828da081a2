// The end of class C1 as tests ask about it: the rows of its check list, and the acts.
import type { ClockTime } from '#contract/values.ts'
import { completionCheckList } from '#domain/completion/check-list.ts'
import { act, shortfall } from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

export const completing = (completedOn = '2026-03-11', more: object = { shortfall }) =>
  act('completeClass', { classId: 'C1', completedOn, ...more })
export const sealing = act('sealClass', { classId: 'C1' })

function list(world: World, time?: string) {
  const moment = { today: world.today, ...(time === undefined ? {} : { time: time as ClockTime }) }
  const classState = world.state('class', 'class/C1')
  const record = {
    classState,
    roster: world.state('roster', 'class/C1/roster'),
    sessions: classState.sessions.map((plan) => ({
      plan,
      state: world.state('session', `class/C1/session/${plan.sessionId}`),
    })),
    assessment: world.state('assessment', 'class/C1/assessment'),
    certificates: world.state('certificates', 'class/C1/certificates'),
    rules: world.state('facility', 'facility').rules,
    staff: [world.state('staff', 'staff/T1')],
    syllabusMinutes: 360,
  }
  return completionCheckList(record, moment)
}
export const statuses = (world: World, time?: string) =>
  Object.fromEntries(list(world, time).map(({ item, status }) => [item, status]))
export const figures = (world: World, time?: string) =>
  Object.fromEntries(list(world, time).map((one) => [one.item, one.figures]))
export const codeAndItem = (world: World, body = completing()) => {
  const answer = world.decide('completeClass', body)
  return answer.ok ? 'yes' : `${answer.refusal.code} ${answer.refusal.details['item'] ?? ''}`.trim()
}
export const cancel = (world: World, sessionId: string, on: string) =>
  world.do(
    'changeSession',
    act('changeSession', {
      classId: 'C1',
      session: { sessionId, on, startsAt: '08:30', minutes: 90 },
      cancelled: true,
      reason: 'lockdown',
    }),
  )
