// Where a trainee stands, for every state his card can be in.
import { describe, expect, it } from 'vitest'
import { OwnState } from '#contract/vault.ts'
import { ownPathOf } from '#client/stores/own-path.ts'

const RULES = { classHourMinutes: 45, attendanceThresholdPercent: 80 }
const card = OwnState.parse({
  traineeId: 'A1',
  displayName: '阿依古丽·买买提',
  asOf: '2026-11-24',
  wishes: [],
  trainingClass: null,
  certificates: [],
  eligibility: { eligible: true, reasons: [], eligibleFrom: null },
})
const withPlace = OwnState.parse({
  ...card,
  trainingClass: {
    classId: 'C1',
    classNumber: '2026-004',
    occupationId: 'sewing-worker',
    skillLevel: 5,
    phase: 'open',
    startsOn: '2026-09-07',
    endsOn: '2027-01-22',
    attendedMinutes: 2790,
    taughtMinutes: 3000,
    plannedMinutes: 5400,
    theory: null,
    practical: null,
    outcome: null,
  },
})
const certified = OwnState.parse({
  ...card,
  certificates: [
    {
      certificateKind: 'training',
      number: '1',
      issuerName: '示例',
      issuedOn: '2027-02-01',
      occupationId: 'sewing-worker',
      skillLevel: 5,
    },
  ],
})
const { eligibility: later } = OwnState.parse({
  ...card,
  eligibility: { eligible: false, reasons: ['trainee/term-too-long'], eligibleFrom: '2027-03-02' },
})

type Place = NonNullable<OwnState['trainingClass']>
const points = (scoreTenths: number) => ({ scoreTenths })
const inClass = (more: Partial<typeof place>, rest: Partial<OwnState> = {}): OwnState => ({
  ...card,
  ...rest,
  trainingClass: { ...place, ...more },
})
const over = (
  outcome: 'passed' | 'failed' | 'notAssessed',
  more: Partial<typeof place> = {},
  rest: Partial<OwnState> = {},
) => inClass({ phase: 'completed', outcome, attendedMinutes: 5200, ...more }, rest)
/** d done, n now, a ahead, b blocked; wish, eligible, placed, learning, exam, certificate. */
const roadOf = (of: OwnState, wishCount: number): string =>
  ownPathOf(of, wishCount, RULES)
    .steps.map(({ state }) => state[0])
    .join('')

describe('the road of a trainee', () => {
  it.each([
    ['nothing chosen yet', card, 0, 'none', 'naaaaa'],
    ['chosen, waiting for a class', card, 2, 'waiting', 'ddnaaa'],
    ['may not take part yet, chosen', { ...card, eligibility: later }, 1, 'notEligible', 'dbaaaa'],
    ['may not take part yet, nothing chosen', { ...card, eligibility: later }, 0, 'notEligible', 'nbaaaa'],
    ['placed in a class that is planned', inClass({ phase: 'planned' }), 1, 'planned', 'ddnaaa'],
    ['learning', inClass({}), 1, 'learning', 'dddnaa'],
    ['learning although his own term changed', inClass({}, { eligibility: later }), 1, 'learning', 'dddnaa'],
    [
      'passed, the certificate still to come',
      over('passed', { theory: points(600), practical: points(1000) }),
      1,
      'passed',
      'dddddn',
    ],
    [
      'passed with the certificate',
      over('passed', { theory: points(600), practical: points(1000) }, { certificates: [certificate] }),
      1,
      'passed',
      'dddddd',
    ],
    ['failed', over('failed', { theory: points(599), practical: points(800) }), 1, 'failed', 'ddddna'],
    ['not assessed', over('notAssessed', { theory: { word: 'absent' } }), 1, 'notAssessed', 'ddddna'],
    [
      'learning a second skill with the first one’s certificate',
      inClass({ occupationId: 'chinese-cook' as never }, { certificates: [certificate] }),
      1,
      'learning',
      'dddnaa',
    ],
    [
      'passed a second skill, that certificate still to come',
      over('passed', { occupationId: 'chinese-cook' as never }, { certificates: [certificate] }),
      1,
      'passed',
      'dddddn',
    ],
    [
      'out of every class, with a certificate from before',
      { ...card, certificates: [certificate] },
      0,
      'none',
      'naaaaa',
    ],
  ] as const)('%s', (_, of, wishCount, headline, road) => {
    expect(ownPathOf(of, wishCount, RULES).headline).toBe(headline)
    expect(roadOf(of, wishCount)).toBe(road)
  })

  it('counts class hours by the house’s length of one and its threshold, and what is missing until enough', () => {
    expect(ownPathOf(inClass({}), 1, RULES).hours).toEqual({ done: 62, enough: 96, all: 120, missing: 34 })
    expect(ownPathOf(inClass({ attendedMinutes: 4319 }), 1, RULES).hours.missing).toBe(1)
    expect(ownPathOf(inClass({ attendedMinutes: 4320 }), 1, RULES).hours.missing).toBe(0)
    expect(ownPathOf(inClass({}), 1, { classHourMinutes: 60, attendanceThresholdPercent: 50 }).hours).toEqual({
      done: 46,
      enough: 45,
      all: 90,
      missing: 0,
    })
    expect(ownPathOf(card, 0, RULES).hours).toEqual({ done: 0, enough: 0, all: 0, missing: 0 })
  })

  it('says of each part whether it is passed, below, a word or still open', () => {
    const statesOf = (of: OwnState) => ownPathOf(of, 1, RULES).parts.map(({ part, state }) => `${part} ${state}`)
    expect(statesOf(over('failed', { theory: points(599), practical: points(600) }))).toEqual([
      'theory below',
      'practical passed',
    ])
    expect(statesOf(over('notAssessed', { theory: { word: 'deferred' } }))).toEqual(['theory word', 'practical open'])
    expect(statesOf(card)).toEqual([])
  })

  it('tells why and from when only while that stands in the way', () => {
    expect(ownPathOf({ ...card, eligibility: later }, 1, RULES)).toMatchObject({
      reasons: ['trainee/term-too-long'],
      eligibleFrom: '2027-03-02',
    })
    expect(ownPathOf(inClass({}, { eligibility: later }), 1, RULES)).toMatchObject({ reasons: [], eligibleFrom: null })
  })
})
