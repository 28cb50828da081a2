// @vitest-environment happy-dom
// A number such as that of a class stands on one line, and the text stays what it was.
import { describe, expect, it } from 'vitest'
import NumberText from '#client/components/NumberText.vue'
import { mountWithMessages } from '#test/client/components/mount-with-messages.ts'

describe('text with numbers', () => {
  it('keeps each number whole and every letter in its place', () => {
    const text = '焊工 初级 2026-005 班，WP-2026-001-0003'
    const shown = mountWithMessages(NumberText, { props: { text } })
    expect(shown.text()).toBe(text)
    expect(shown.findAll('.whitespace-nowrap').map((piece) => piece.text())).toEqual(['2026-005', '2026-001-0003'])
  })
})
