// Where a trainee stands, for every state his card can be in.
import { describe, expect, it } from 'vitest'
import { OwnState } from '#contract/vault.ts'
import { ownPathOf } from '#client/stores/own-path.ts'
import type { PathHeadline } from '#client/stores/own-path.ts'

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

const points = (scoreTenths: number) => ({ scoreTenths })
const inClass = (more: object, rest: object = {}): OwnState =>
  OwnState.parse({ ...withPlace, ...rest, trainingClass: { ...withPlace.trainingClass, ...more } })
const over = (outcome: 'passed' | 'failed' | 'notAssessed', more: object = {}, rest: object = {}): OwnState =>
  inClass({ phase: 'completed', outcome, attendedMinutes: 5200, ...more }, rest)
const waitsFor = (of: OwnState): OwnState => ({ ...of, eligibility: later })
const bothPassed = { theory: points(600), practical: points(1000) }
const { certificates } = certified

interface Case {
  readonly name: string
  readonly card: OwnState
  readonly wishCount: number
  readonly headline: PathHeadline
  /** d done, n now, a ahead, b blocked; wish, eligible, placed, learning, exam, certificate. */
  readonly road: string
}

const cases: readonly Case[] = [
  { name: 'nothing chosen yet', card, wishCount: 0, headline: 'none', road: 'naaaaa' },
  { name: 'chosen, waiting for a class', card, wishCount: 2, headline: 'waiting', road: 'ddnaaa' },
  {
    name: 'may not take part yet, chosen',
    card: waitsFor(card),
    wishCount: 1,
    headline: 'notEligible',
    road: 'dbaaaa',
  },
  {
    name: 'may not take part yet, nothing chosen',
    card: waitsFor(card),
    wishCount: 0,
    headline: 'notEligible',
    road: 'nbaaaa',
  },
  {
    name: 'placed in a class that is planned',
    card: inClass({ phase: 'planned' }),
    wishCount: 1,
    headline: 'planned',
    road: 'ddnaaa',
  },
  { name: 'learning', card: inClass({}), wishCount: 1, headline: 'learning', road: 'dddnaa' },
  {
    name: 'learning although his own term changed',
    card: waitsFor(inClass({})),
    wishCount: 1,
    headline: 'learning',
    road: 'dddnaa',
  },
  {
    name: 'passed, the certificate still to come',
    card: over('passed', bothPassed),
    wishCount: 1,
    headline: 'passed',
    road: 'dddddn',
  },
  {
    name: 'passed with the certificate',
    card: over('passed', bothPassed, { certificates }),
    wishCount: 1,
    headline: 'passed',
    road: 'dddddd',
  },
  {
    name: 'failed',
    card: over('failed', { theory: points(599), practical: points(800) }),
    wishCount: 1,
    headline: 'failed',
    road: 'ddddna',
  },
  {
    name: 'not assessed',
    card: over('notAssessed', { theory: { word: 'absent' } }),
    wishCount: 1,
    headline: 'notAssessed',
    road: 'ddddna',
  },
  {
    name: 'learning a second skill with the first one’s certificate',
    card: inClass({ occupationId: 'chinese-cook' }, { certificates }),
    wishCount: 1,
    headline: 'learning',
    road: 'dddnaa',
  },
  {
    name: 'passed a second skill, that certificate still to come',
    card: over('passed', { occupationId: 'chinese-cook' }, { certificates }),
    wishCount: 1,
    headline: 'passed',
    road: 'dddddn',
  },
  {
    name: 'out of every class, with a certificate from before',
    card: certified,
    wishCount: 0,
    headline: 'none',
    road: 'naaaaa',
  },
]

describe('the road of a trainee', () => {
  it.each(cases)('$name', ({ card: of, wishCount, headline, road }) => {
    const path = ownPathOf(of, wishCount, RULES)
    expect(path.headline).toBe(headline)
    expect(path.steps.map(({ state }) => state[0]).join('')).toBe(road)
  })

  it('counts class hours by the house’s length of one and its threshold, and what is missing until enough', () => {
    const hoursOf = (attendedMinutes: number, rules = RULES) => ownPathOf(inClass({ attendedMinutes }), 1, rules).hours
    expect(hoursOf(2790)).toEqual({ done: 62, enough: 96, all: 120, missing: 34 })
    expect(hoursOf(4319).missing).toBe(1)
    expect(hoursOf(4320).missing).toBe(0)
    expect(hoursOf(2790, { classHourMinutes: 60, attendanceThresholdPercent: 50 })).toEqual({
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
    expect(ownPathOf(waitsFor(card), 1, RULES)).toMatchObject({
      reasons: ['trainee/term-too-long'],
      eligibleFrom: '2027-03-02',
    })
    expect(ownPathOf(waitsFor(inClass({})), 1, RULES)).toMatchObject({ reasons: [], eligibleFrom: null })
  })
})
