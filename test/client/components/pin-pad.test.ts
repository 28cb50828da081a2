// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import PinPad from '#client/components/PinPad.vue'
import { byRole, mountWithMessages } from '#test/client/components/mount-with-messages.ts'

function pinPage(props: Record<string, unknown> = {}) {
  const code = ref('')
  const completed: string[] = []
  mountWithMessages(
    defineComponent(
      () => () =>
        h(PinPad, {
          label: '口令',
          modelValue: code.value,
          'onUpdate:modelValue': (value: string) => {
            code.value = value
          },
          onComplete: (value: string) => completed.push(value),
          ...props,
        }),
    ),
  )
  return { code, completed }
}

async function tap(...names: string[]) {
  for (const name of names) {
    byRole('button', name).click()
    await Promise.resolve()
  }
}

async function keys(target: HTMLElement, ...names: string[]) {
  for (const key of names) {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await Promise.resolve()
  }
}

describe('code pad', () => {
  it('collects six digits and then says the code is complete, once', async () => {
    const { code, completed } = pinPage()
    await tap('3', '1', '4', '1', '5')
    expect([code.value, completed]).toEqual(['31415', []])
    await tap('9', '2')
    expect([code.value, completed]).toEqual(['314159', ['314159']])
  })

  it('takes back one digit, or all', async () => {
    const { code } = pinPage()
    await tap('3', '1', '退一格')
    expect(code.value).toBe('3')
    await tap('4', '清除')
    expect(code.value).toBe('')
  })

  it('takes typed and pasted text, digits only, full-width ones too', async () => {
    const { code, completed } = pinPage()
    const field = byRole('textbox', '口令')
    if (!(field instanceof HTMLInputElement)) throw new Error('the code is typed into an input')
    field.value = '12a-３４'
    field.dispatchEvent(new Event('input'))
    await Promise.resolve()
    expect([code.value, field.value]).toEqual(['1234', '1234'])
    field.value = '12345678'
    field.dispatchEvent(new Event('input'))
    await Promise.resolve()
    expect(completed).toEqual(['123456'])
  })

  it('says how many digits are in, and the error in words instead', () => {
    pinPage({ error: '号码或密码不对。' })
    const field = byRole('textbox', '口令')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      '号码或密码不对。',
    )
  })

  it('takes nothing while the code is being checked', async () => {
    const { code } = pinPage({ busy: true })
    await tap('3')
    expect(code.value).toBe('')
  })

  it('takes a real keyboard wherever the focus stands, but nothing that is typed into another field', async () => {
    const { code, completed } = pinPage()
    await keys(document.body, '3', '1', 'x', 'Backspace', '4')
    expect(code.value).toBe('34')
    const other = document.body.appendChild(document.createElement('input'))
    await keys(other, '7')
    other.remove()
    expect(code.value).toBe('34')
    await keys(document.body, '1', '5', '9', '2')
    expect(completed).toEqual(['341592'])
  })

  it('sends the form around it on Enter, and leaves the keyboard alone while a dialog is open over it', async () => {
    const sent = { count: 0 }
    const code = ref('12')
    mountWithMessages(
      defineComponent(
        () => () =>
          h(
            'form',
            {
              onSubmit: (event: Event) => {
                event.preventDefault()
                sent.count += 1
              },
            },
            h(PinPad, {
              label: '口令',
              modelValue: code.value,
              'onUpdate:modelValue': (to: string) => (code.value = to),
            }),
          ),
      ),
    )
    await keys(document.body, 'Enter')
    expect(sent.count).toBe(1)
    const dialog = document.body.appendChild(document.createElement('div'))
    dialog.setAttribute('role', 'dialog')
    await keys(document.body, '5', 'Enter')
    dialog.remove()
    expect([sent.count, code.value]).toEqual([1, '12'])
  })
})
