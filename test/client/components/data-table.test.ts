// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import DataTable from '#client/components/DataTable.vue'
import { allByRole, byRole, mountWithMessages } from '#test/client/components/mount-with-messages.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly hours: number
}

const people: Person[] = [
  { id: 'a', name: '李𬭎', hours: 120 },
  { id: 'b', name: '阿卜杜拉·买买提', hours: 88 },
]
const base = {
  columns: [
    { key: 'name', label: '姓名', value: (row: Person) => row.name, narrow: 'title' },
    { key: 'hours', label: '学时', value: (row: Person) => row.hours, align: 'end' },
    { key: 'open', label: '打开', hideLabel: true },
  ],
  rows: people,
  rowKey: (row: Person) => row.id,
  caption: '学员',
}

describe('data table', () => {
  it('is a table with a caption, column heads and the name as the head of its row', () => {
    mountWithMessages(DataTable, { props: base })
    const table = byRole('table')
    expect(table.querySelector('caption')?.textContent).toBe('学员')
    expect([...table.querySelectorAll('thead th')].map((cell) => cell.textContent)).toEqual(['姓名', '学时', '打开'])
    expect([...table.querySelectorAll('th[scope="row"]')].map((cell) => cell.textContent)).toEqual(
      people.map((row) => row.name),
    )
  })

  it('carries each label into its cell, so that a narrow screen can show the row as a card', () => {
    mountWithMessages(DataTable, { props: base })
    const cells = [...byRole('table').querySelectorAll('tbody tr:first-child > *')]
    expect(cells.map((cell) => cell.getAttribute('data-label'))).toEqual(['姓名', '学时', '打开'])
  })

  it('lets the page draw a cell with its row and value', () => {
    mountWithMessages(DataTable, {
      props: base,
      slots: { 'cell-hours': ({ row, value }: { row: Person; value: number }) => `${row.id}:${value}` },
    })
    expect([...document.querySelectorAll('td.num')].map((cell) => cell.textContent)).toEqual(['a:120', 'b:88'])
  })

  it('says in words that there is nothing, instead of an empty table', () => {
    mountWithMessages(DataTable, { props: { ...base, rows: [], emptyText: '没有符合条件的学员' } })
    expect(allByRole('table')).toEqual([])
    expect(document.body.textContent).toContain('没有符合条件的学员')
  })

  it('shows rows in waiting while it loads, and says so', () => {
    mountWithMessages(DataTable, { props: { ...base, rows: [], busy: true } })
    expect(byRole('status').textContent).toContain('正在打开')
  })

  it('selects rows one by one and all at once, and keeps what was selected elsewhere', async () => {
    const table = mountWithMessages(DataTable, {
      props: { ...base, selectable: true, selected: ['z'], selectLabel: (row: Person) => row.name },
    })
    byRole('checkbox', '李𬭎').click()
    await nextTick()
    byRole('checkbox', '全选').click()
    await nextTick()
    const [first] = table.emitted('update:selected') ?? []
    expect(first).toEqual([['z', 'a']])
    await table.setProps({ selected: ['z', 'a'] })
    byRole('checkbox', '全选').click()
    expect(table.emitted('update:selected')?.at(-1)).toEqual([['z', 'a', 'b']])
  })
})
