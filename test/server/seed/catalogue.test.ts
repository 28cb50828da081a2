import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pinyin } from 'pinyin-pro'
import { describe, expect, test } from 'vitest'
import { CatalogueSyllabus } from '#server/seed/catalogue/catalogue-schema.ts'
import { checkCatalogue, loadCatalogue, SHARED_MODULE_ID } from '#server/seed/catalogue/load-catalogue.ts'

const catalogue = loadCatalogue()
const { groups, occupations, syllabi } = catalogue
const own = syllabi.flatMap(({ syllabusId, modules }) =>
  modules.filter(({ moduleId }) => moduleId !== SHARED_MODULE_ID).map((each) => ({ ...each, syllabusId })),
)
const minutesOf = (rows: readonly { theoryMinutes: number; practicalMinutes: number }[]) => ({
  theory: rows.reduce((sum, row) => sum + row.theoryMinutes, 0),
  practical: rows.reduce((sum, row) => sum + row.practicalMinutes, 0),
})

/** Names and 2022 codes as in the research table; null: the 2022 catalogue has no such row. */
const CODES: readonly (readonly [string, string | null])[] = [
  ['中式烹调师', '4-03-02-01'],
  ['中式面点师', '4-03-02-02'],
  ['西式面点师', '4-03-02-04'],
  ['缝纫工', '6-05-01-03'],
  ['服装制版师', '6-05-01-01'],
  ['裁剪工', '6-05-01-02'],
  ['电工', '6-31-01-03'],
  ['焊工', '6-18-02-04'],
  ['家政服务员', '4-10-01-06'],
  ['育婴员', null],
  ['保育师', '4-10-01-03'],
  ['养老护理员', '4-10-01-05'],
  ['汽车维修工', '4-12-01-01'],
  ['美发师', '4-10-03-02'],
  ['美容师', '4-10-03-01'],
  ['茶艺师', '4-03-02-07'],
  ['电子商务师', '4-01-06-01'],
  ['互联网营销师', '4-01-06-02'],
  ['砌筑工', '6-29-01-01'],
  ['手工木工', '6-06-03-01'],
  ['计算机操作员', null],
  ['保洁员', '4-09-08-01'],
  ['园林绿化工', '4-09-10-01'],
  ['装配钳工', '6-20-01-01'],
  ['车工', '6-18-01-01'],
  ['餐厅服务员', '4-03-02-05'],
  ['快递员', '4-02-07-08'],
  ['抽纱刺绣工', '6-09-03-11'],
  ['民间工艺品制作工', '6-09-03-17'],
  ['皮革及皮革制品加工工', '6-05-02-01'],
]

describe('the list of occupations', () => {
  test('holds exactly the thirty, each with its code of 2022', () => {
    const found = new Map(occupations.map(({ name, code }) => [name, code]))
    expect(occupations).toHaveLength(30)
    expect(found).toEqual(new Map(CODES))
  })

  test('says plainly why two of them have no code', () => {
    const without = occupations.filter(({ code }) => code === null)
    expect(without.map(({ name }) => name).sort()).toEqual(['计算机操作员', '育婴员'].sort())
    for (const row of without) {
      expect(row.codeNote).toContain('2022 版大典没有')
      expect(row.certificateRoutes[5]).toEqual(['specificCapability', 'training'])
    }
  })

  test('promises a national qualification nowhere, since none is proven', () => {
    for (const { certificateRoutes } of occupations) {
      expect([...certificateRoutes[5], ...certificateRoutes[4]]).not.toContain('nationalQualification')
    }
  })

  test('shows no hours and no standard as verified that are not', () => {
    for (const row of occupations) {
      if (row.standard === null) expect(row.standardStatus, row.name).toBe('unverified')
      const hours = [row.standardHours[5], row.standardHours[4]]
      if (hours.every((each) => each === null)) expect(row.standardHoursStatus, row.name).toBe('unverified')
      else expect(row.standardHoursNote, row.name).toBeDefined()
    }
    expect(
      occupations
        .filter(({ standardStatus }) => standardStatus === 'verified')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['焊工', '家政服务员', '保育师'].sort())
  })

  test('has ten groups in the order of the kiosk, none empty', () => {
    const counts = groups.map(({ groupId }) => [groupId, occupations.filter((row) => row.groupId === groupId).length])
    expect(counts).toEqual([
      ['cooking', 3],
      ['sewing', 4],
      ['machines', 5],
      ['building', 2],
      ['care', 5],
      ['restaurant', 2],
      ['beauty', 2],
      ['office', 4],
      ['garden', 1],
      ['craft', 2],
    ])
  })

  test('shows pictures that exist, and no two occupations with the same one', () => {
    const icons = [
      ...groups.map(({ icon }) => icon),
      ...occupations.flatMap((row) => [row.icon, ...row.day.map(({ icon }) => icon)]),
    ]
    const folder = join('node_modules', '@phosphor-icons', 'core', 'assets', 'duotone')
    expect(icons.filter((icon) => !existsSync(join(folder, `${icon}-duotone.svg`)))).toEqual([])
    expect(new Set(occupations.map(({ icon }) => icon)).size).toBe(30)
  })

  test('can be found by pinyin', () => {
    for (const { name, pinyin: written, initials } of occupations) {
      const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true })
      expect(written).toBe(syllables.join(' '))
      expect(initials).toBe(syllables.map((syllable) => syllable.charAt(0)).join(''))
    }
  })
})

describe('the sample syllabi', () => {
  test('are twenty-four: twelve occupations, junior and intermediate', () => {
    expect(syllabi).toHaveLength(24)
    const ids = syllabi.map((row) => `${row.occupationId}-${row.skillLevel === 5 ? 'junior' : 'intermediate'}-v1`)
    expect(syllabi.map(({ syllabusId }) => syllabusId)).toEqual(ids)
    expect(new Set(syllabi.map(({ occupationId }) => occupationId)).size).toBe(12)
  })

  test('have nine to eleven modules of all three kinds', () => {
    for (const { syllabusId, modules } of syllabi) {
      const count = (kind: string) => modules.filter((each) => each.kind === kind).length
      const counts = {
        all: modules.length,
        conduct: count('professionalConduct'),
        knowledge: count('knowledge'),
        skill: count('specialSkill'),
      }
      expect(counts.all, syllabusId).toBeGreaterThanOrEqual(9)
      expect(counts.all, syllabusId).toBeLessThanOrEqual(11)
      expect(counts.conduct, syllabusId).toBe(2)
      expect(counts.knowledge, syllabusId).toBeGreaterThanOrEqual(2)
      expect(counts.skill, syllabusId).toBeGreaterThanOrEqual(5)
    }
  })

  test('repeat no title and no point beyond the shared module', () => {
    for (const key of ['title', 'titleEn'] as const) {
      const titles = own.map((each) => each[key])
      expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
    }
    for (const key of ['points', 'pointsEn'] as const) {
      const points = own.flatMap((each) => each[key])
      expect(points.filter((point, at) => points.indexOf(point) !== at)).toEqual([])
    }
    const tasks = syllabi.map(({ assessment }) => assessment.practical.task)
    expect(new Set(tasks).size).toBe(24)
  })

  test('put practice first and keep to the hours of real classes', () => {
    for (const { syllabusId, skillLevel, modules } of syllabi) {
      const { theory, practical } = minutesOf(modules)
      const classHours = (theory + practical) / 45
      const [fewest, most] = skillLevel === 5 ? [100, 160] : [120, 180]
      expect(practical / (theory + practical), syllabusId).toBeGreaterThanOrEqual(0.55)
      expect(classHours, syllabusId).toBeGreaterThanOrEqual(fewest)
      expect(classHours, syllabusId).toBeLessThanOrEqual(most)
    }
  })

  test('ask more hours of the intermediate class than of the junior one', () => {
    const hours = new Map(syllabi.map((row) => [row.syllabusId, minutesOf(row.modules)]))
    for (const { occupationId } of syllabi) {
      const junior = hours.get(`${occupationId}-junior-v1`) ?? { theory: Number.NaN, practical: Number.NaN }
      const intermediate = hours.get(`${occupationId}-intermediate-v1`) ?? { theory: 0, practical: 0 }
      expect(intermediate.theory + intermediate.practical, occupationId).toBeGreaterThan(
        junior.theory + junior.practical,
      )
    }
  })

  test('call themselves samples and never the national standard', () => {
    expect(syllabi.every(({ sample, mark }) => sample && mark === '示例大纲')).toBe(true)
    expect(JSON.stringify(syllabi)).not.toMatch(/国家标准|国家职业|national standard/i)
  })
})

describe('the words', () => {
  const length = (text: string) => [...text].length
  const tooLong = (texts: readonly string[], most: number) => texts.filter((text) => length(text) > most)

  test('are short enough to be read aloud', () => {
    expect(
      tooLong(
        occupations.map(({ summary }) => summary),
        18,
      ),
    ).toEqual([])
    expect(
      tooLong(
        occupations.flatMap(({ description }) => description),
        22,
      ),
    ).toEqual([])
    expect(
      tooLong(
        occupations.flatMap(({ day }) => day.map(({ text }) => text)),
        10,
      ),
    ).toEqual([])
    expect(
      tooLong(
        occupations.map(({ safety }) => safety),
        26,
      ),
    ).toEqual([])
    expect(
      tooLong(
        syllabi.flatMap(({ modules }) => modules.map(({ title }) => title)),
        16,
      ),
    ).toEqual([])
    expect(
      tooLong(
        syllabi.flatMap(({ modules }) => modules.flatMap(({ points }) => points)),
        24,
      ),
    ).toEqual([])
  })

  test('are complete in both languages', () => {
    const unpaired: string[] = []
    const visit = (value: unknown, path: string): void => {
      if (value === null || typeof value !== 'object') return
      if (Array.isArray(value)) {
        value.forEach((each, at) => {
          visit(each, `${path}/${at}`)
        })
        return
      }
      for (const [key, inner] of Object.entries(value)) {
        const english: unknown = Reflect.get(value, `${key}En`)
        const chinese = /\p{Script=Han}/u.test(JSON.stringify(inner) ?? '')
        const isWords =
          typeof inner === 'string' || (Array.isArray(inner) && inner.every((each) => typeof each === 'string'))
        if (isWords && chinese && !['mark', 'standard'].includes(key) && english === undefined)
          unpaired.push(`${path}/${key}`)
        if (key.endsWith('En') && chinese) unpaired.push(`${path}/${key} holds Chinese`)
        visit(inner, `${path}/${key}`)
      }
    }
    visit(catalogue, '')
    expect(unpaired).toEqual([])
  })

  test('are plain: no exclamation marks, no blame, nothing of custody', () => {
    const all = JSON.stringify(catalogue)
    expect(all.match(/[！!]|违规|非法|失败者|服刑|监狱|戒毒|犯人|罪犯|囚|prison|inmate/gi) ?? []).toEqual([])
  })
})

describe('the loader', () => {
  const [first, second] = syllabi
  if (first === undefined || second === undefined) throw new Error('two syllabi are needed')

  test('refuses a syllabus of an occupation that is not listed', () => {
    const stray = { ...first, syllabusId: 'stray-junior-v1', occupationId: 'stray' }
    expect(() => checkCatalogue({ groups, occupations, syllabi: [stray] })).toThrow('"stray" is not listed')
  })

  test('refuses a module title that another syllabus already has', () => {
    const copied = {
      ...second,
      modules: second.modules.map((each, at) => (at === 3 ? { ...each, title: first.modules[3]?.title ?? '' } : each)),
    }
    expect(() => checkCatalogue({ groups, occupations, syllabi: [first, copied] })).toThrow('occurs twice')
  })

  test('refuses an occupation listed twice', () => {
    expect(() =>
      checkCatalogue({ groups, occupations: [...occupations, ...occupations.slice(0, 1)], syllabi }),
    ).toThrow('occurs twice')
  })

  test('refuses weights that do not add up to 100, broken class hours and unknown keys', () => {
    const copy = structuredClone(first)
    copy.assessment.practical.criteria.pop()
    expect(CatalogueSyllabus.safeParse(copy).error?.message).toContain('weights add up to 100')
    const [head, ...rest] = first.modules
    expect(CatalogueSyllabus.safeParse({ ...first, modules: [{ ...head, theoryMinutes: 50 }, ...rest] }).success).toBe(
      false,
    )
    expect(CatalogueSyllabus.safeParse({ ...first, standard: 'x' }).success).toBe(false)
    expect(CatalogueSyllabus.safeParse(first).success).toBe(true)
  })
})
