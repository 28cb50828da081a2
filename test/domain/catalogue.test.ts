import { describe, expect, it } from 'vitest'
import { act, aFacility, anOccupation, aSyllabus, listOccupation } from '#test/domain/facility-fixture.ts'

const publish = (change: object) =>
  act('publishSyllabus', { syllabus: aSyllabus({ syllabusId: 'Y2', version: 2, ...change }) })
const weights = (...percents: number[]) => {
  const { assessment } = aSyllabus()
  const criteria = percents.map((weightPercent) => ({ name: { zh: '项', en: 'Item' }, weightPercent }))
  return { assessment: { ...assessment, practical: { ...assessment.practical, criteria } } }
}

describe('publishing a syllabus', () => {
  it.each([
    ['a new version', {}, 'yes'],
    ['an occupation nobody listed', { occupationId: 'O9' }, 'catalogue/occupation-unknown'],
    ['a version in use', { version: 1 }, 'catalogue/syllabus-version-taken'],
    ['an id in use', { syllabusId: 'Y1' }, 'catalogue/syllabus-version-taken'],
    ['the same version of another level', { version: 1, skillLevel: 4 }, 'yes'],
  ])('[CAT-1] %s', (_name, change, answer) => {
    expect(aFacility().codeOf('publishSyllabus', publish(change))).toBe(answer)
  })

  it('[CAT-1] a level the occupation does not offer is refused', () => {
    const world = aFacility()
    listOccupation(world, anOccupation({ levels: [5], certificateRoutes: [{ skillLevel: 5, kinds: ['training'] }] }))
    expect(world.codeOf('publishSyllabus', publish({ skillLevel: 4 }))).toBe('catalogue/level-not-offered')
    expect(world.codeOf('publishSyllabus', publish({ skillLevel: 5 }))).toBe('yes')
  })

  it('[CAT-1] listing an occupation again keeps its syllabi', () => {
    const world = aFacility()
    listOccupation(world, anOccupation({ pinyin: 'changed' }))
    const state = world.state('catalogue', 'catalogue/O1')
    expect([state.occupation?.pinyin, state.syllabi.map(({ syllabusId }) => syllabusId)]).toEqual(['changed', ['Y1']])
  })

  it.each([
    [[60, 40], 'yes'],
    [[100], 'yes'],
    [[60, 39], 'catalogue/weights-not-100'],
    [[60, 41], 'catalogue/weights-not-100'],
    [[], 'catalogue/weights-not-100'],
  ])('[CAT-2] criteria that weigh %j: %s', (percents, answer) => {
    expect(aFacility().codeOf('publishSyllabus', publish(weights(...percents)))).toBe(answer)
  })
})
