// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import SaveLadder from '#client/components/SaveLadder.vue'
import type { SaveRung } from '#client/components/save-rung.ts'
import { allByRole, byRole, mountWithMessages } from '#test/client/components/mount-with-messages.ts'

const rung = (state: SaveRung['state'], count = '0', detail?: string): SaveRung => ({ state, count, detail })

describe('save ladder', () => {
  it.each([
    [['reached', 'ahead', 'ahead', 'ahead'], '已保存本机'],
    [['reached', 'part', 'ahead', 'ahead'], '已保存本机'],
    [['reached', 'reached', 'ahead', 'ahead'], '已到站点'],
    [['reached', 'reached', 'reached', 'reached'], '已到省级'],
    [['ahead', 'ahead', 'ahead', 'ahead'], '还没有记录'],
    // A higher rung never speaks for entries a lower one does not have.
    [['part', 'reached', 'ahead', 'ahead'], '还没有记录'],
  ] as const)('%j says the word of the rung that every entry has reached: %s', (states, word) => {
    mountWithMessages(SaveLadder, { props: { rungs: states.map((state) => rung(state)) } })
    expect(byRole('button').getAttribute('aria-label')).toBe(`记录到哪里了：${word}`)
  })

  it('opens to four rungs with count and age, and closes on Escape with the focus back on its key', async () => {
    const ladder = mountWithMessages(SaveLadder, {
      props: {
        rungs: [
          rung('reached', '1,284', '最新一条 10:02'),
          rung('part', '1,243', '41 条还在本机'),
          rung('ahead'),
          rung('ahead'),
        ],
      },
      slots: { action: '<button>立即同步</button>' },
    })
    const key = byRole('button')
    expect(allByRole('list')).toEqual([])
    key.click()
    await nextTick()
    expect([key.getAttribute('aria-expanded'), ladder.emitted('open')]).toEqual(['true', [[]]])
    const rungs = [...byRole('list').children].map((item) => item.textContent?.replace(/\s+/g, ' ').trim())
    expect(rungs[0]).toContain('已保存本机，全部到了1,284最新一条 10:02')
    expect(rungs[1]).toContain('已到站点，一部分到了1,24341 条还在本机')
    expect(byRole('button', '立即同步')).toBeDefined()
    ladder.find('.save').element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await nextTick()
    expect(allByRole('list')).toEqual([])
    expect(document.activeElement).toBe(key)
  })

  it('tells a screen reader when the word changes, politely', async () => {
    const ladder = mountWithMessages(SaveLadder, {
      props: { rungs: [rung('reached'), rung('ahead'), rung('ahead'), rung('ahead')] },
    })
    expect(byRole('status').textContent).toBe('')
    await ladder.setProps({ rungs: [rung('reached'), rung('reached'), rung('ahead'), rung('ahead')] })
    expect(byRole('status').textContent).toBe('已到站点')
  })
})
