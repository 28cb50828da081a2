// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import NumberPad from '#client/components/NumberPad.vue'
import { byRole, mountWithMessages } from '#test/client/components/mount-with-messages.ts'

const words = { absent: '缺考', deferred: '缓考', next: '下一人' }

function press(key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
}

describe('number pad', () => {
  it('says which key was tapped, one for each of the sixteen places', async () => {
    const pad = mountWithMessages(NumberPad, { props: { words } })
    const names = ['1', '2', '3', '100', '4', '5', '6', '.5', '7', '8', '9', '缺考', '退一格', '0', '下一人', '缓考']
    for (const name of names) byRole('button', name).click()
    expect(pad.emitted('press')?.map(([key]) => key)).toEqual([
      ...['1', '2', '3', '100', '4', '5', '6', '.5', '7', '8', '9'],
      ...['absent', 'back', '0', 'next', 'deferred'],
    ])
  })

  it('takes the same keys from a keyboard when the page asks for it', () => {
    const pad = mountWithMessages(NumberPad, { props: { words, keyboard: true } })
    for (const key of ['7', '.', '5', 'Backspace', 'Enter', 'q', 'H']) press(key)
    expect(pad.emitted('press')?.map(([key]) => key)).toEqual(['7', '.', '5', 'back', 'next', 'absent', 'deferred'])
  })

  it('leaves the keyboard alone when it was not asked for, with Ctrl held, and while somebody types', () => {
    const quiet = mountWithMessages(NumberPad, { props: { words } })
    press('7')
    expect(quiet.emitted('press')).toBeUndefined()
    quiet.unmount()

    const pad = mountWithMessages(NumberPad, { props: { words, keyboard: true } })
    const input = document.createElement('input')
    document.body.append(input)
    press('7', input)
    press('q', document.body, { ctrlKey: true })
    press('x')
    expect(pad.emitted('press')).toBeUndefined()
    input.remove()
  })

  it('says nothing while it is disabled', () => {
    const pad = mountWithMessages(NumberPad, { props: { words, keyboard: true, disabled: true } })
    byRole('button', '7').click()
    press('7')
    expect(pad.emitted('press')).toBeUndefined()
  })
})
