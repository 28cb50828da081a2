// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import ConfirmDialog from '#client/components/ConfirmDialog.vue'
import { allByRole, byRole, mountWithMessages } from '#test/client/components/mount-with-messages.ts'

async function sealPage(props: Record<string, unknown> = {}) {
  const open = ref(true)
  const heard: string[] = []
  mountWithMessages(
    defineComponent(
      () => () =>
        h(
          ConfirmDialog,
          {
            title: '封存这个班？',
            text: '封存后不能改。',
            confirmLabel: '封存',
            open: open.value,
            'onUpdate:open': (value: boolean) => {
              open.value = value
            },
            onConfirm: () => heard.push('confirm'),
            onCancel: () => heard.push('cancel'),
            ...props,
          },
          { figures: () => '合格 35 + 不合格 3 + 未考 2 = 40' },
        ),
    ),
  )
  await nextTick()
  await nextTick()
  return { open, heard }
}

describe('confirmation of an act', () => {
  it('is an alert dialog with its question as its name and the figures it will fix', async () => {
    await sealPage()
    const dialog = byRole('dialog')
    expect(dialog.getAttribute('role')).toBe('alertdialog')
    expect(document.getElementById(dialog.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('封存这个班？')
    expect(dialog.textContent).toContain('合格 35 + 不合格 3 + 未考 2 = 40')
  })

  it('stays open on confirm, so that the page can show that it works', async () => {
    const { open, heard } = await sealPage()
    byRole('button', '封存').click()
    expect([heard, open.value]).toEqual([['confirm'], true])
  })

  it('closes on cancel and says so', async () => {
    const { open, heard } = await sealPage()
    byRole('button', '取消').click()
    await nextTick()
    expect([heard, open.value]).toEqual([['cancel'], false])
    await vi.waitFor(() => expect(allByRole('button', '封存')).toEqual([]))
  })

  it('closes on Escape, which is a cancel', async () => {
    const { open, heard } = await sealPage()
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await nextTick()
    expect([heard, open.value]).toEqual([['cancel'], false])
  })

  it('cannot be confirmed while it is disabled or busy', async () => {
    const { heard } = await sealPage({ confirmDisabled: true })
    byRole('button', '封存').click()
    expect(heard).toEqual([])
  })
})
