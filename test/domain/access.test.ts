import { describe, expect, it } from 'vitest'
import { actCommands, type ActName } from '#contract/commands/acts.ts'
import { TESTIMONY_KINDS } from '#contract/kind-registry.ts'
import type { Role } from '#contract/values.ts'
import { defaultHouseRules, defaultWorkingAge } from '#domain/access/default-rules.ts'
import { mayAct, mayRecord } from '#domain/access/permissions.ts'
import { isTrivialPin } from '#domain/access/trivial-pins.ts'
import { isFormerKind } from '#domain/shared/upcasters.ts'
import {
  act,
  admit,
  aFacility,
  anOpenClass,
  listOccupation,
  anOccupation,
  mark,
  planBody,
  score,
  word,
} from '#test/domain/facility-fixture.ts'
import { World } from '#test/domain/world.ts'

/** Kinds recorded today; an older version is only read. */
const todaysKinds = TESTIMONY_KINDS.filter((kind) => !isFormerKind(kind))
const acts = Object.keys(actCommands) as ActName[]

describe('who may do what', () => {
  it.each<[Role, number, number]>([
    ['administrator', 8, acts.length],
    ['system', 8, acts.length],
    ['officer', 5, 10],
    ['instructor', 6, 0],
    ['trainee', 1, 0],
  ])('[ACC-1] %s records %i kinds and asks for %i acts', (role, kinds, actCount) => {
    expect(todaysKinds.filter((kind) => mayRecord(role, kind))).toHaveLength(kinds)
    expect(acts.filter((name) => mayAct(role, name))).toHaveLength(actCount)
  })

  it('[ACC-1] a trainee records wishes only, an instructor none', () => {
    expect(todaysKinds.filter((kind) => mayRecord('trainee', kind))).toEqual(['enrollment.wishes-registered.v2'])
    expect(mayRecord('instructor', 'enrollment.wishes-registered.v2')).toBe(false)
  })

  it('[ACC-1] the gate asks for the right before the rule', () => {
    const world = anOpenClass()
    expect(world.codeOf('sealClass', act('sealClass', { classId: 'C1' }), { role: 'officer' })).toBe(
      'access/not-allowed',
    )
    expect(world.codeOf('markAttendance', mark(), { role: 'trainee', actor: 'A1' })).toBe('access/not-allowed')
    expect(world.codeOf('recordScore', score(), { role: 'officer' })).toBe('access/not-allowed')
  })

  it('[ACC-1] an instructor speaks only of classes he teaches', () => {
    const world = anOpenClass()
    expect(world.codeOf('markAttendance', mark(), { role: 'instructor', actor: 'T2' })).toBe('access/not-allowed')
    expect(world.codeOf('recordScore', score(), { role: 'instructor', actor: 'T2' })).toBe('access/not-allowed')
    expect(world.codeOf('markAttendance', mark(), { role: 'instructor', actor: 'T1' })).toBe('yes')
    expect(world.codeOf('markAttendance', mark(), { role: 'officer', actor: 'B7' })).toBe('yes')
  })
})

describe('the facility', () => {
  const founding = act('foundFacility', {
    name: '示例监狱',
    facilityKind: 'prison',
    cityCode: '340100',
    demonstration: false,
  })

  it('[ACC-2] is founded once', () => {
    const world = new World('2026-03-10')
    expect(world.state('facility', 'facility').founded).toBe(false)
    world.do('foundFacility', founding, { role: 'system' })
    expect(world.state('facility', 'facility')).toMatchObject({
      founded: true,
      facilityKind: 'prison',
      demonstration: false,
    })
    expect(world.codeOf('foundFacility', founding, { role: 'system' })).toBe('access/facility-founded')
  })

  it('[ACC-2] until then acts are refused, unless the server acts', () => {
    const world = new World('2026-03-10')
    const room = act('registerRoom', { roomId: 'R1', name: '一室', seats: 10 })
    expect(world.codeOf('registerRoom', room)).toBe('access/facility-not-founded')
    expect(world.codeOf('registerRoom', room, { role: 'system' })).toBe('yes')
    listOccupation(world, anOccupation())
  })

  it('[ACC-3] begins with the house defaults and keeps what is set', () => {
    const world = aFacility()
    expect(world.state('facility', 'facility')).toMatchObject({ rules: defaultHouseRules, rulesAreDefaults: true })
    expect(defaultHouseRules).toMatchObject({
      attendanceThresholdPercent: 80,
      classHourMinutes: 45,
      seatCapDefault: 50,
    })
    const rules = { ...defaultHouseRules, attendanceThresholdPercent: 90 }
    world.do('setHouseRules', act('setHouseRules', { rules }))
    expect(world.state('facility', 'facility')).toMatchObject({ rules, rulesAreDefaults: false })
  })

  const row = { validFrom: '2020-01-01', minimumMonths: 192, maximumMonthsMale: 720, maximumMonthsFemale: 660 }
  it.each([
    ['one row', [row], 'yes'],
    ['ascending rows', [row, { ...row, validFrom: '2020-01-02' }], 'yes'],
    ['two rows of one day', [row, row], 'access/rules-invalid'],
    ['descending rows', [row, { ...row, validFrom: '2019-12-31' }], 'access/rules-invalid'],
    ['no age left for men', [{ ...row, maximumMonthsMale: 192 }], 'access/rules-invalid'],
    ['one month left for women', [{ ...row, maximumMonthsFemale: 193 }], 'yes'],
    ['no age left for women', [{ ...row, maximumMonthsFemale: 192 }], 'access/rules-invalid'],
  ])('[ACC-3] a working-age table with %s', (_name, workingAge, answer) => {
    const rules = { ...defaultHouseRules, workingAge }
    expect(aFacility().codeOf('setHouseRules', act('setHouseRules', { rules }))).toBe(answer)
  })

  it('[ACC-3] the default table ascends and ends with the last step of the reform', () => {
    const table = defaultWorkingAge()
    expect(table.at(-1)).toMatchObject({
      validFrom: '2039-08-01',
      maximumMonthsMale: 63 * 12,
      maximumMonthsFemale: 58 * 12,
    })
    expect(
      aFacility().codeOf('setHouseRules', act('setHouseRules', { rules: { ...defaultHouseRules, workingAge: table } })),
    ).toBe('yes')
  })
})

describe("the facility's details", () => {
  it('[ACC-13] name and city change, the same again is no entry, and what kind it is stays', () => {
    const world = aFacility()
    const before = world.state('facility', 'facility')
    const change = act('changeFacility', { name: '新示例监狱', cityCode: '340200' })
    expect(world.do('changeFacility', change)).toHaveLength(1)
    expect(world.state('facility', 'facility')).toEqual({ ...before, name: '新示例监狱', cityCode: '340200' })
    expect(world.do('changeFacility', change)).toHaveLength(0)
    expect(world.codeOf('changeFacility', change, { role: 'officer' })).toBe('access/not-allowed')
    expect(actCommands.changeFacility.safeParse({ ...change, facilityKind: 'rehabCenter' }).success).toBe(false)
  })

  it('[ACC-13] nothing changes before the founding, not even by the server', () => {
    const change = act('changeFacility', { name: '新示例监狱', cityCode: '340200' })
    expect(new World('2026-03-10').codeOf('changeFacility', change, { role: 'system' })).toBe(
      'access/facility-not-founded',
    )
  })
})

describe('PINs', () => {
  it.each([
    '000000',
    '111111',
    '123456',
    '654321',
    '890123',
    '098765',
    '135791',
    '121212',
    '123123',
    '112233',
    '111222',
    '123321',
    '520520',
    '147258',
    '201314',
  ])('[ACC-4] %s is too simple', (pin) => {
    expect(isTrivialPin(pin)).toBe(true)
  })

  it.each(['274916', '830571', '469283', '112934', '123406'])('[ACC-4] %s is not', (pin) => {
    expect(isTrivialPin(pin)).toBe(false)
  })

  it('[ACC-4] at least a hundred are refused and nearly all are free', () => {
    const refused = Array.from({ length: 200_000 }, (_, number) => String(number).padStart(6, '0')).filter(
      isTrivialPin,
    ).length
    expect(refused).toBeGreaterThan(100)
    expect(refused).toBeLessThan(2_000)
  })

  it('[ACC-4] setting one is refused, setting a good one is noted without it', () => {
    const world = aFacility()
    expect(world.codeOf('resetPin', act('resetPin', { staffId: 'T1', pin: '123456' }))).toBe('access/pin-too-simple')
    expect(world.codeOf('resetPin', act('resetPin', { staffId: 'T9', pin: '274916' }))).toBe('access/staff-unknown')
    const [entry] = world.do('resetPin', act('resetPin', { staffId: 'T1', pin: '830571' }), { on: '2026-04-01' })
    expect(entry?.entry.body).toEqual({ staffId: 'T1' })
    expect(world.state('staff', 'staff/T1').pinSetOn).toBe('2026-04-01')
  })
})

describe('staff', () => {
  const officer = {
    staffId: 'B2',
    account: 'officer1',
    staffRole: 'officer',
    providerId: null,
    displayName: '丙',
    pin: '274916',
  }

  it.each([
    ['somebody new', {}, 'yes'],
    ['an account in use', { account: 'teacher1' }, 'access/account-taken'],
    ['an id in use', { staffId: 'T1' }, 'access/account-taken'],
    ['a simple PIN', { pin: '888888' }, 'access/pin-too-simple'],
    ['a provider nobody knows', { providerId: 'P9' }, 'access/provider-unknown'],
    ['an instructor without provider', { staffRole: 'instructor' }, 'access/provider-unknown'],
    ['an instructor of a provider', { staffRole: 'instructor', providerId: 'P1' }, 'yes'],
  ])('[ACC-5] appointing %s', (_name, change, answer) => {
    expect(aFacility().codeOf('appointStaff', act('appointStaff', { ...officer, ...change }))).toBe(answer)
  })

  it('[ACC-5] the entry holds neither name nor PIN', () => {
    const [entry] = aFacility().do('appointStaff', act('appointStaff', officer))
    expect(entry?.entry.body).toEqual({ staffId: 'B2', account: 'officer1', staffRole: 'officer', providerId: null })
  })

  it('[ACC-14] a changed name is noted without either name', () => {
    const world = aFacility()
    const before = world.state('staff', 'staff/T1')
    const [entry] = world.do('renameStaff', act('renameStaff', { staffId: 'T1', displayName: '新名' }))
    expect(entry?.entry.body).toEqual({ staffId: 'T1' })
    expect(world.state('staff', 'staff/T1')).toEqual(before)
    expect(world.codeOf('renameStaff', act('renameStaff', { staffId: 'T9', displayName: '新名' }))).toBe(
      'access/staff-unknown',
    )
  })

  it('[ACC-6] the last enabled administrator stays', () => {
    const world = aFacility()
    const disable = (staffId: string) => act('disableStaff', { staffId })
    expect(world.codeOf('disableStaff', disable('B1'))).toBe('access/last-administrator')
    expect(world.codeOf('disableStaff', disable('T1'))).toBe('yes')
    world.do('appointStaff', act('appointStaff', { ...officer, staffRole: 'administrator', account: 'admin2' }))
    world.do('disableStaff', disable('B1'))
    expect(world.codeOf('disableStaff', disable('B2'))).toBe('access/last-administrator')
    world.do('enableStaff', act('enableStaff', { staffId: 'B1' }))
    expect(world.codeOf('disableStaff', disable('B2'))).toBe('yes')
    expect(world.codeOf('disableStaff', disable('B9'))).toBe('access/staff-unknown')
    expect(world.codeOf('enableStaff', act('enableStaff', { staffId: 'B9' }))).toBe('access/staff-unknown')
  })

  it('[ACC-6] disabling or enabling twice is one entry', () => {
    const world = aFacility()
    expect(world.do('disableStaff', act('disableStaff', { staffId: 'T1' }))).toHaveLength(1)
    expect(world.do('disableStaff', act('disableStaff', { staffId: 'T1' }))).toHaveLength(0)
    expect(world.do('enableStaff', act('enableStaff', { staffId: 'T1' }))).toHaveLength(1)
    expect(world.do('enableStaff', act('enableStaff', { staffId: 'T1' }))).toHaveLength(0)
    expect(world.state('staff', 'staff/T1').enabled).toBe(true)
  })
})

describe('providers and rooms', () => {
  const provider = {
    providerId: 'P2',
    code: 'XY',
    name: '示例二校',
    qualification: '证',
    qualificationValidUntil: '2027-01-01',
    skillLevels: [5],
  }

  it('[ACC-7] a provider keeps its code for itself and for ever', () => {
    const world = aFacility()
    expect(world.codeOf('registerProvider', act('registerProvider', { ...provider, code: 'WP' }))).toBe(
      'access/provider-code-taken',
    )
    expect(world.codeOf('registerProvider', act('registerProvider', { ...provider, providerId: 'P1' }))).toBe(
      'access/provider-code-taken',
    )
    world.do('registerProvider', act('registerProvider', provider))
    const { code: _code, ...changed } = { ...provider, name: '示例三校', skillLevels: [4] }
    world.do('changeProvider', act('changeProvider', changed))
    expect(world.state('provider', 'provider/P2')).toMatchObject({ code: 'XY', name: '示例三校', skillLevels: [4] })
    expect(world.codeOf('changeProvider', act('changeProvider', { ...changed, providerId: 'P9' }))).toBe(
      'access/provider-unknown',
    )
  })

  it('[ACC-8] a room has a name of its own and seats', () => {
    const world = aFacility()
    expect(world.codeOf('registerRoom', act('registerRoom', { roomId: 'R2', name: '实训一室', seats: 5 }))).toBe(
      'access/room-taken',
    )
    expect(world.codeOf('registerRoom', act('registerRoom', { roomId: 'R1', name: '别的', seats: 5 }))).toBe(
      'access/room-taken',
    )
    world.do('changeRoom', act('changeRoom', { roomId: 'R1', name: '实训一室', seats: 2 }))
    expect(world.state('room', 'room/R1').seats).toBe(2)
    expect(world.codeOf('changeRoom', act('changeRoom', { roomId: 'R9', name: '无', seats: 2 }))).toBe(
      'access/room-unknown',
    )
    admit(world, 1)
    expect(world.codeOf('planClass', act('planClass', planBody))).toBe('class/seats-over-room')
    expect(word('registerWishes', { traineeId: 'A1', wishes: [] }).wishes).toEqual([])
  })
})
