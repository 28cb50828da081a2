// A facility with a provider, an instructor, a room, an occupation and trainees: what most rules need around them.
import { catalogueKinds, type Occupation, type Syllabus } from '#contract/kinds/catalogue.ts'
import { actCommands, type ActBody, type ActName } from '#contract/commands/acts.ts'
import { testimonyCommands } from '#contract/commands/testimony.ts'
import type { CommandBody } from '#domain/deciders.ts'
import type { TraineeId } from '#contract/values.ts'
import { World } from '#test/domain/world.ts'

const words = (zh: string, en: string) => ({ zh, en })

export function anOccupation(change: object = {}): Occupation {
  return catalogueKinds['catalogue.occupation-listed.v1'].parse({
    occupation: {
      occupationId: 'O1',
      name: words('缝纫工', 'Sewing machine operator'),
      pinyin: 'fengrengong',
      initials: 'frg',
      edition: '2022',
      code: '6-05-01-02',
      codeNote: null,
      group: {
        groupId: 'g',
        order: 1,
        name: words('服装', 'Clothing'),
        hint: words('做', 'Make'),
        icon: 'i',
        plate: 1,
      },
      icon: 'scissors',
      summary: words('做衣服', 'Makes clothes'),
      description: [words('缝', 'Sews')],
      day: [],
      levels: [5, 4],
      certificateRoutes: [
        { skillLevel: 5, kinds: ['training', 'skillLevel'] },
        { skillLevel: 4, kinds: ['skillLevel'] },
      ],
      standard: { text: null, verified: false, classHours: [] },
      equipment: [],
      safety: words('小心', 'Take care'),
      ...change,
    },
  }).occupation
}

export function aSyllabus(change: object = {}): Syllabus {
  const module = (moduleId: string) => ({
    moduleId,
    kind: 'specialSkill',
    title: words('模块', 'Module'),
    points: [],
    theoryMinutes: 90,
    practicalMinutes: 90,
  })
  return catalogueKinds['catalogue.syllabus-published.v1'].parse({
    syllabus: {
      syllabusId: 'Y1',
      occupationId: 'O1',
      skillLevel: 5,
      version: 1,
      sample: true,
      title: words('大纲', 'Syllabus'),
      aim: words('目标', 'Aim'),
      modules: [module('M1'), module('M2')],
      assessment: {
        theory: { minutes: 90, form: words('笔试', 'Written') },
        practical: {
          minutes: 120,
          task: words('口袋', 'Pocket'),
          criteria: [
            { name: words('线迹', 'Stitches'), weightPercent: 60 },
            { name: words('尺寸', 'Size'), weightPercent: 40 },
          ],
        },
      },
      ...change,
    },
  }).syllabus
}

/** A body of an act, parsed with the contract. */
export function act<N extends ActName>(name: N, body: object): ActBody<N> {
  return actCommands[name].parse(body) as ActBody<N>
}

/** A body of testimony, parsed with the contract. */
export function word<N extends keyof typeof testimonyCommands>(name: N, body: object): CommandBody<N> {
  return testimonyCommands[name].parse(body) as CommandBody<N>
}

export const facts = { sex: 'male', bornOn: '1990-05-20', termEndsOn: '2026-12-31', workCapable: true }

/** Admits trainees A1, A2, ... who may be trained in 2026. */
export function admit(world: World, count: number, change: object = {}): TraineeId[] {
  const ids = Array.from({ length: count }, (_, index) => `A${index + 1}`)
  const trainees = ids.map((traineeId) => ({ traineeId, isNew: true, facts: { ...facts, ...change } }))
  world.do('admitTrainees', act('admitTrainees', { importId: null, trainees }))
  return ids as TraineeId[]
}

export const planBody = {
  classId: 'C1',
  classNumber: '2026-012',
  occupationId: 'O1',
  skillLevel: 5,
  syllabusId: 'Y1',
  providerId: 'P1',
  instructorIds: ['T1'],
  roomId: 'R1',
  startsOn: '2026-03-10',
  endsOn: '2026-05-29',
  seatCap: 3,
  certificateKind: 'training',
  sessions: [
    { sessionId: 'S1', on: '2026-03-10', startsAt: '08:30', minutes: 90 },
    { sessionId: 'S2', on: '2026-03-11', startsAt: '08:30', minutes: 90 },
  ],
}

/** Founded, with provider P1 (WP), instructor T1, room R1 (40 seats), occupation O1 and syllabus Y1; today is 10 March 2026. */
export function aFacility(): World {
  const world = new World('2026-03-10')
  const founding = { name: '示例监狱', facilityKind: 'prison', cityCode: '340100', demonstration: true }
  world.do('foundFacility', act('foundFacility', founding), { role: 'system' })
  const administrator = { staffId: 'B1', account: 'admin1', staffRole: 'administrator', providerId: null }
  world.do('appointStaff', act('appointStaff', { ...administrator, displayName: '甲', pin: '274916' }), {
    role: 'system',
  })
  const qualification = { qualification: '办学许可证', qualificationValidUntil: '2028-12-31', skillLevels: [5, 4] }
  world.do(
    'registerProvider',
    act('registerProvider', { providerId: 'P1', code: 'WP', name: '示例学校', ...qualification }),
  )
  const teacher = { staffId: 'T1', account: 'teacher1', staffRole: 'instructor', providerId: 'P1' }
  world.do('appointStaff', act('appointStaff', { ...teacher, displayName: '乙', pin: '274916' }))
  world.do('registerRoom', act('registerRoom', { roomId: 'R1', name: '实训一室', seats: 40 }))
  listOccupation(world, anOccupation())
  world.do('publishSyllabus', act('publishSyllabus', { syllabus: aSyllabus() }))
  return world
}

/** The catalogue is listed by the server itself. */
export function listOccupation(world: World, occupation: Occupation): void {
  world.append({
    stream: `catalogue/${occupation.occupationId}`,
    kind: 'catalogue.occupation-listed.v1',
    body: { occupation },
    occurredOn: world.today,
    basedOn: null,
  })
}

/** The facility with class C1 planned, `count` trainees enrolled and the class open. */
export function anOpenClass(count = 3, plan: object = {}): World {
  const world = aFacility()
  admit(world, count)
  world.do('planClass', act('planClass', { ...planBody, ...plan }))
  enroll(
    world,
    Array.from({ length: count }, (_, index) => `A${index + 1}`),
  )
  world.do('openClass', act('openClass', { classId: 'C1', openedOn: world.today }))
  return world
}

export function enroll(world: World, traineeIds: readonly string[], classId = 'C1'): void {
  const trainees = traineeIds.map((traineeId) => ({ traineeId, wishRank: null }))
  world.do('enrollTrainees', act('enrollTrainees', { classId, trainees }))
}

export const teacher = { role: 'instructor', actor: 'T1', device: 'tablet-1' } as const

export function mark(change: object = {}): CommandBody<'markAttendance'> {
  const plain = { mark: 'absent', minutes: null, leaveReason: null, noteId: null, correctionReason: null }
  return word('markAttendance', { classId: 'C1', sessionId: 'S1', traineeId: 'A1', ...plain, ...change })
}

export function count(change: object = {}): CommandBody<'confirmHeadCount'> {
  const plain = { expectedCount: 3, markedPresentCount: 3, spokenCount: 3, differenceReason: null }
  return word('confirmHeadCount', { classId: 'C1', sessionId: 'S1', ...plain, ...change })
}

export function lesson(change: object = {}): CommandBody<'logLesson'> {
  const plain = { moduleId: 'M1', theoryMinutes: 30, practicalMinutes: 60, noteId: null }
  return word('logLesson', { classId: 'C1', sessionId: 'S1', ...plain, ...change })
}

export function score(change: object = {}): CommandBody<'recordScore'> {
  const plain = { part: 'theory', attempt: 1, result: { scoreTenths: 700 }, correctionReason: null }
  return word('recordScore', { classId: 'C1', traineeId: 'A1', ...plain, ...change })
}

/** Both lessons held: counted and logged, everybody there but for the marks made before. */
export function holdLessons(world: World, present = 3): void {
  world.today = '2026-03-11' as typeof world.today
  for (const sessionId of ['S1', 'S2']) {
    world.do(
      'confirmHeadCount',
      count({ sessionId, expectedCount: present, markedPresentCount: present, spokenCount: present }),
      teacher,
    )
    world.do('logLesson', lesson({ sessionId }), teacher)
  }
}

/** Both parts of one trainee, in tenths. */
export function scoreBoth(world: World, traineeId: string, theory: number, practical: number, attempt = 1): void {
  world.do('recordScore', score({ traineeId, attempt, part: 'theory', result: { scoreTenths: theory } }), teacher)
  world.do('recordScore', score({ traineeId, attempt, part: 'practical', result: { scoreTenths: practical } }), teacher)
}

/** The class with three trainees, held and scored: A1 passed, A2 failed the theory, A3 was absent from both parts. */
export function aScoredClass(plan: object = {}): World {
  const world = anOpenClass(3, plan)
  holdLessons(world)
  scoreBoth(world, 'A1', 600, 1000)
  scoreBoth(world, 'A2', 599, 1000)
  for (const part of ['theory', 'practical'])
    world.do('recordScore', score({ traineeId: 'A3', part, result: { word: 'absent' } }), teacher)
  return world
}

/** Why the class of two lessons has fewer hours than its syllabus of 360 minutes. */
export const shortfall = { reason: 'part-only', noteId: 'N1', words: '只培训大纲的前一半' }

export function complete(world: World, completedOn = '2026-03-11'): void {
  world.do('completeClass', act('completeClass', { classId: 'C1', completedOn, shortfall }))
}

/** The scored class completed and sealed. */
export function aSealedClass(plan: object = {}): World {
  const world = aScoredClass(plan)
  complete(world)
  world.do('sealClass', act('sealClass', { classId: 'C1' }))
  return world
}
