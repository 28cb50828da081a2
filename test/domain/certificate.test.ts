import { describe, expect, it } from 'vitest'
import type { Hash, KeyId, ProviderId, TraineeId } from '#contract/values.ts'
import { draftIssued, planIssue } from '#domain/certificate/issue.ts'
import {
  isOfOtherProvince,
  parseTrainingNumber,
  refuseOutsideNumber,
  trainingNumber,
} from '#domain/certificate/numbers.ts'
import { completionCheckList } from '#domain/completion/check-list.ts'
import {
  act,
  aFacility,
  anOccupation,
  anOpenClass,
  aScoredClass,
  aSealedClass,
  complete,
  holdLessons,
  listOccupation,
  score,
  scoreBoth,
  teacher,
} from '#test/domain/facility-fixture.ts'
import type { World } from '#test/domain/world.ts'

const stream = 'class/C1/certificates'
const issuing = (issuedOn = '2026-03-20') => act('issueCertificates', { classId: 'C1', issuedOn })
const voiding = (number: string) =>
  act('voidCertificate', { classId: 'C1', number, voidedOn: '2026-03-21', reason: 'damaged' })
const outside = { certificateKind: 'skillLevel' } as const
const recording = (change: object = {}) =>
  act('recordCertificate', {
    classId: 'C1',
    traineeId: 'A1',
    certificateKind: 'skillLevel',
    number: 'S000034000001265000001',
    issuerName: '示例评价机构',
    issuedOn: '2026-06-20',
    ...change,
  })

/** Issues as the server does: decide, plan, sign, write. */
function issue(world: World, heldBack: ReadonlySet<TraineeId> = new Set()): string[] {
  world.do('issueCertificates', issuing())
  const planned = planIssue(
    world.state('class', 'class/C1'),
    world.state('certificates', stream),
    world.state('assessment', 'class/C1/assessment'),
    world.state('provider', 'provider/P1').code,
    heldBack,
  )
  const signed = {
    providerId: 'P1' as ProviderId,
    keyId: 'K1' as KeyId,
    issuedOn: issuing().issuedOn,
    contentHash: 'a'.repeat(64) as Hash,
    signature: 'c2ln',
  }
  const context = { actorId: 'B1' as never, role: 'administrator' as const, today: world.today }
  for (const { traineeId, number } of planned)
    world.append(draftIssued({ classId: issuing().classId, traineeId, number, ...signed }, context))
  return planned.map(({ number }) => number)
}

/** Three trainees who all passed, sealed. */
function allPassed(): World {
  const world = anOpenClass()
  holdLessons(world)
  for (const traineeId of ['A1', 'A2', 'A3']) scoreBoth(world, traineeId, 600, 600)
  complete(world)
  world.do('sealClass', act('sealClass', { classId: 'C1' }))
  return world
}

describe('the number of a training certificate', () => {
  it.each([
    ['WP', '2026-012', 37, 'WP-2026-012-0037'],
    ['ABCDEF', '2026-001', 9999, 'ABCDEF-2026-001-9999'],
    ['WP', '2026-012', 10000, 'WP-2026-012-10000'],
  ])('[CRT-1] %s, %s, %i is %s and back', (providerCode, classNumber, serial, number) => {
    expect(trainingNumber(providerCode, classNumber, serial)).toBe(number)
    expect(parseTrainingNumber(number)).toEqual({ providerCode, classNumber, serial })
  })

  it.each(['WP-2026-12-0037', 'wp-2026-012-0037', 'S000034000001265000001', ''])('[CRT-1] %j is none', (number) => {
    expect(parseTrainingNumber(number)).toBeNull()
  })
})

describe('issuing', () => {
  it('[CRT-2] everybody who passed, in roster order, without gaps', () => {
    const world = allPassed()
    expect(issue(world)).toEqual(['WP-2026-012-0001', 'WP-2026-012-0002', 'WP-2026-012-0003'])
    expect(world.state('certificates', stream)).toMatchObject({ lastSerial: 3 })
    expect(world.codeOf('issueCertificates', issuing())).toBe('certificate/none-to-issue')
  })

  it('[CRT-7] who is held back takes no number, and gets the next one when he no longer is', () => {
    const world = allPassed()
    const planned = (heldBack: readonly string[] = []) =>
      planIssue(
        world.state('class', 'class/C1'),
        world.state('certificates', stream),
        world.state('assessment', 'class/C1/assessment'),
        'WP',
        new Set(heldBack as readonly TraineeId[]),
      ).map(({ traineeId, number }) => [traineeId, number])
    expect(planned(['A2'])).toEqual([
      ['A1', 'WP-2026-012-0001'],
      ['A3', 'WP-2026-012-0002'],
    ])
    expect(planned(['A1', 'A2', 'A3'])).toEqual([])
    issue(world, new Set(['A2' as TraineeId]))
    expect(planned()).toEqual([['A2', 'WP-2026-012-0003']])
    expect(planned(['A2'])).toEqual([])
  })

  it('[CRT-2] who passes later gets the next number', () => {
    const world = aSealedClass()
    expect(issue(world)).toEqual(['WP-2026-012-0001'])
    world.do('recordScore', score({ traineeId: 'A2', attempt: 2 }), teacher)
    expect(world.codeOf('issueCertificates', issuing())).toBe('certificate/none-to-issue')
    world.do('supplementClass', act('supplementClass', { classId: 'C1', supplementedOn: '2026-06-01' }))
    expect(issue(world)).toEqual(['WP-2026-012-0002'])
  })

  it.each<[string, () => World, string, string]>([
    ['a class that is not sealed', () => aScoredClassCompleted(), '2026-03-20', 'certificate/class-not-sealed'],
    ['a class of an outside route', () => aSealedClass(outside), '2026-03-20', 'certificate/route-is-outside'],
    ['a class nobody knows', () => aFacility(), '2026-03-20', 'class/unknown'],
    ['a day before the completion', () => aSealedClass(), '2026-03-10', 'class/dates-reversed'],
    ['the day of the completion', () => aSealedClass(), '2026-03-11', 'yes'],
  ])('[CRT-2] %s', (_name, world, issuedOn, answer) => {
    expect(world().codeOf('issueCertificates', issuing(issuedOn))).toBe(answer)
  })

  it('[CRT-2] nobody passed, nothing to issue', () => {
    const world = anOpenClass()
    holdLessons(world)
    for (const traineeId of ['A1', 'A2', 'A3']) scoreBoth(world, traineeId, 0, 600)
    complete(world)
    world.do('sealClass', act('sealClass', { classId: 'C1' }))
    expect(world.codeOf('issueCertificates', issuing())).toBe('certificate/none-to-issue')
    const [certificates, assessment] = [
      world.state('certificates', stream),
      world.state('assessment', 'class/C1/assessment'),
    ]
    expect(planIssue(aFacility().state('class', 'class/C1'), certificates, assessment, 'WP')).toEqual([])
  })

  it('[CRT-3] the entry proves without a name', () => {
    const world = aSealedClass()
    issue(world)
    expect(Object.keys(world.entries.at(-1)?.entry.body ?? {}).sort()).toEqual([
      'classId',
      'contentHash',
      'issuedOn',
      'keyId',
      'number',
      'providerId',
      'signature',
      'traineeId',
    ])
    expect(world.state('certificates', stream).certificates[0]).toMatchObject({
      certificateKind: 'training',
      serial: 1,
      traineeId: 'A1',
      voided: null,
    })
  })

  it('[CRT-6] a voided number is never used again, and the holder gets a new one', () => {
    const world = allPassed()
    issue(world)
    world.do('voidCertificate', voiding('WP-2026-012-0002'))
    expect(world.codeOf('voidCertificate', voiding('WP-2026-012-0002'))).toBe('certificate/voided-before')
    expect(world.codeOf('voidCertificate', voiding('WP-2026-012-0009'))).toBe('certificate/unknown')
    expect(issue(world)).toEqual(['WP-2026-012-0004'])
    const { certificates } = world.state('certificates', stream)
    expect(certificates.map(({ traineeId, voided }) => [traineeId, voided?.reason ?? null])).toEqual([
      ['A1', null],
      ['A2', 'damaged'],
      ['A3', null],
      ['A2', null],
    ])
    expect(aFacility().codeOf('voidCertificate', voiding('WP-2026-012-0001'))).toBe('class/unknown')
  })

  it('[CLS-8] the check list counts certificates once the class is sealed', () => {
    const item = (world: World) => {
      const classState = world.state('class', 'class/C1')
      const rest = {
        sessions: [],
        assessment: world.state('assessment', 'class/C1/assessment'),
        rules: world.state('facility', 'facility').rules,
        staff: [],
        syllabusMinutes: null,
      }
      const record = {
        classState,
        roster: world.state('roster', 'class/C1/roster'),
        certificates: world.state('certificates', stream),
        ...rest,
      }
      return completionCheckList(record, { today: world.today }).find((one) => one.item === 'certificates')
    }
    const world = allPassed()
    expect(item(world)).toMatchObject({ status: 'open', figures: { issued: 0, passed: 3 } })
    issue(world)
    expect(item(world)).toMatchObject({ status: 'done', figures: { issued: 3, passed: 3 } })
    world.do('voidCertificate', voiding('WP-2026-012-0001'))
    expect(item(world)).toMatchObject({ status: 'open', figures: { issued: 2, passed: 3 } })
    expect(item(aScoredClassCompleted())).toMatchObject({ status: 'blocked' })
  })
})

function aScoredClassCompleted(): World {
  const world = aScoredClass()
  complete(world)
  return world
}

describe('certificates made outside', () => {
  it.each([
    ['for somebody who passed', {}, 'yes'],
    ['for somebody who failed', { traineeId: 'A2' }, 'certificate/not-passed'],
    ['for somebody not assessed', { traineeId: 'A3' }, 'certificate/not-passed'],
    ['for a stranger', { traineeId: 'A9' }, 'certificate/not-passed'],
    ['without a real issuer', { issuerName: '　 ' }, 'certificate/issuer-missing'],
    ['of a class nobody knows', { classId: 'C9' }, 'class/unknown'],
    ['of another outside kind', { certificateKind: 'specificCapability', number: 'ZX-2026-01' }, 'yes'],
  ])('[CRT-4] recorded %s', (_name, change, answer) => {
    expect(aSealedClass(outside).codeOf('recordCertificate', recording(change))).toBe(answer)
  })

  it('[CRT-4] from the completion on, not in a class of the training route, and a number once', () => {
    const world = aScoredClass(outside)
    expect(world.codeOf('recordCertificate', recording())).toBe('certificate/class-not-sealed')
    complete(world)
    world.do('recordCertificate', recording())
    expect(world.codeOf('recordCertificate', recording())).toBe('certificate/number-taken')
    world.do('voidCertificate', voiding('S000034000001265000001'))
    expect(world.codeOf('recordCertificate', recording())).toBe('certificate/number-taken')
    expect(world.state('certificates', stream)).toMatchObject({
      lastSerial: 0,
      certificates: [{ serial: null, issuerName: '示例评价机构' }],
    })
    expect(aSealedClass().codeOf('recordCertificate', recording())).toBe('certificate/route-is-training')
  })

  it.each([
    ['skillLevel', 'S000034000001265000001', 5, null],
    ['skillLevel', 'Y000134000001265000001', 5, null],
    ['skillLevel', 'X000034000001265000001', 5, 'certificate/number-malformed'],
    ['skillLevel', 's000034000001265000001', 5, 'certificate/number-malformed'],
    ['skillLevel', 'S00003400000126500000', 5, 'certificate/number-malformed'],
    ['skillLevel', 'S0000340000012650000011', 5, 'certificate/number-malformed'],
    ['skillLevel', 'S000034000001255000001', 5, 'certificate/number-year-differs'],
    ['skillLevel', 'S000034000001265000001', 4, 'certificate/number-level-differs'],
    ['skillLevel', 'S000034000001264000001', 4, null],
    ['nationalQualification', '2612010100150001', 5, 'certificate/number-level-differs'],
    ['nationalQualification', '2612010100500001', 5, null],
    ['nationalQualification', '2512010100500001', 5, 'certificate/number-year-differs'],
    ['nationalQualification', '261201010050000', 5, 'certificate/number-malformed'],
    ['nationalQualification', '26120101005000012', 5, 'certificate/number-malformed'],
    ['specificCapability', 'ABC-12', 5, null],
    ['specificCapability', 'ABC12', 5, 'certificate/number-malformed'],
    ['specificCapability', 'A'.repeat(32), 4, null],
    ['specificCapability', 'A'.repeat(33), 4, 'certificate/number-malformed'],
    ['specificCapability', 'ABC 123', 5, 'certificate/number-malformed'],
  ] as const)('[CRT-5] %s %s for level %i: %s', (certificateKind, number, skillLevel, answer) => {
    expect(refuseOutsideNumber({ certificateKind, number, skillLevel, issuedOn: recording().issuedOn })).toBe(answer)
  })

  it('[CRT-5] another province is for a person to look at, not refused', () => {
    const number = 'S000032000001265000001'
    expect(isOfOtherProvince({ certificateKind: 'skillLevel', number })).toBe(true)
    expect(isOfOtherProvince({ certificateKind: 'skillLevel', number: 'S000034000001265000001' })).toBe(false)
    expect(isOfOtherProvince({ certificateKind: 'nationalQualification', number: '2610010100500001' })).toBe(false)
    const world = aSealedClass(outside)
    expect(world.codeOf('recordCertificate', recording({ number }))).toBe('yes')
    expect(world.codeOf('recordCertificate', recording({ number: 'S000034000001264000001' }))).toBe(
      'certificate/number-level-differs',
    )
    listOccupation(world, anOccupation())
  })
})
