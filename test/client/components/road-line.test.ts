// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import RoadLine from '#client/components/RoadLine.vue'
import type { RoadStep } from '#client/components/road-step.ts'
import { byRole, mountWithMessages } from '#test/client/components/mount-with-messages.ts'

const steps: RoadStep[] = [
  { label: '计划', state: 'done', sub: '1 月 20 日' },
  { label: '考核', state: 'blocked', reason: '还差 2 人的成绩' },
  { label: '核对', state: 'now' },
  { label: '封存', state: 'ahead' },
]

describe('course line', () => {
  it('is a named list that says the state of each station in words, not by colour alone', () => {
    mountWithMessages(RoadLine, { props: { steps, label: '班级走到哪一步' } })
    const stations = [...byRole('list', '班级走到哪一步').children].map((item) => item.textContent?.replace(/\s+/g, ''))
    expect(stations).toEqual(['计划，已完成1月20日', '考核，卡住了还差2人的成绩', '核对，正在这一步', '封存，还没到'])
  })

  it('marks exactly the present station as the current step', () => {
    mountWithMessages(RoadLine, { props: { steps, label: '班级走到哪一步' } })
    const current = document.querySelectorAll('[aria-current="step"]')
    expect([...current].map((item) => item.querySelector('b')?.textContent)).toEqual(['核对'])
  })

  it('gives the reason of a blocked station also below the line, with the station it belongs to', () => {
    mountWithMessages(RoadLine, { props: { steps, label: '班级走到哪一步' } })
    expect([...document.querySelectorAll('p')].map((line) => line.textContent)).toEqual(['考核：还差 2 人的成绩'])
  })

  it('puts the pictures into the stations where it is asked to', () => {
    const withPictures = steps.map((step) => ({ ...step, picture: 'flag' }))
    const line = mountWithMessages(RoadLine, { props: { steps: withPictures, label: '路', pictures: true } })
    expect(line.findAll('.picture')).toHaveLength(4)
    expect(line.find('.road-vertical').exists()).toBe(false)
  })
})
