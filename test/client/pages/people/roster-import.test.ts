// @vitest-environment happy-dom
// A roster on its way in over a real site: tried out, mended, written, taken back. Nothing is written before it is confirmed.
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EffectScope } from 'vue'
import { useSignIn } from '#client/stores/sign-in.ts'
import { useRosterImport } from '#client/stores/roster-import.ts'
import { seededRandom } from '#test/support/seeded-random.ts'
import { foundTestFacility, startTestServer, type TestServer } from '#test/support/test-server.ts'
import { allByRole } from '../../components/mount-with-messages.ts'
import { openStores } from '../../support/test-stores.ts'
import { joinTablet, type TestTablet } from '../../support/test-tablet.ts'
import { openOffice, pageText, press, seen, signInAs } from '../admin/office-page.ts'

const HEAD = '姓名,身份证号码,罪犯编号/戒毒人员编号,余刑/余期截止日,性别,出生日期,有劳动能力'
const GOOD = '阿依古丽·买买提,无身份证,Z0001,2027-06-30,女,1990-02-28,是'
const OTHER = '张三,无身份证,Z0002,2027/7/1,男,1991-03-01,是'
const BROKEN = '李四,无身份证,Z0003,2027年2月30日,男,1991-03-01,是'

let site: TestServer
let tablet: TestTablet
let scope: EffectScope
let pin = ''

beforeEach(async () => {
  site = await startTestServer({ listens: false })
  pin = (await foundTestFacility(site)).adminPin
  tablet = await joinTablet(site, { random: seededRandom(1) })
  await tablet.joined.sync.syncNow()
  scope = openStores(tablet.core)
  await openOffice('/admin/people/import')
  await signInAs('admin1', pin)
  await seen('选一个名册文件')
})
afterEach(async () => {
  scope.stop()
  await site.stop()
})

/** Chooses a file in the field of that name, as a person does. */
async function choose(name: string, lines: readonly string[]): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type="file"][aria-label="名册文件"]')
  if (input === null) throw new Error('there is no field for a roster file')
  Object.defineProperty(input, 'files', { value: [new File([lines.join('\n')], name)], configurable: true })
  input.dispatchEvent(new Event('change'))
  await flushPromises()
}
const admitted = async () =>
  (await tablet.joined.ledger.all('trainee')).filter(({ state }) => state.presence === 'present').length
const isShut = (name: string) => allByRole('button', name).every((button) => (button as HTMLButtonElement).disabled)

describe('a roster on its way in', () => {
  it('is tried out, written without the rows that have errors, and taken back', async () => {
    await choose('roster.csv', [HEAD, GOOD, BROKEN, OTHER])
    await press('试运行')
    await seen('确认后写入 2 人。')
    expect(pageText()).toContain('有错的 1 行不写入')
    expect(pageText()).toContain('第 3 行')
    expect(pageText()).toContain('这个日期不存在或不可能。请照文书改正')
    expect(await admitted()).toBe(0)

    await press('确认导入')
    await seen('导入好了')
    expect(await admitted()).toBe(2)

    await press('撤销导入')
    await seen('已撤销')
    expect(await admitted()).toBe(0)
  })

  it('is refused whole when a needed column is missing, and says which', async () => {
    await choose('roster.csv', ['姓名,身份证号码,性别', '张三,无身份证,男'])
    await press('试运行')
    await seen('缺少“余刑/余期截止日”这一列')
    expect(pageText()).toContain('没有写入任何数据')
    expect(isShut('确认导入')).toBe(true)
  })

  it('is told apart from a file that only has the name of a spreadsheet', async () => {
    await choose('roster.xlsx', ['%PDF-1.7', 'nothing of a table'])
    await press('试运行')
    await seen('这不是表格文件，只是名字像')
    expect(await admitted()).toBe(0)
  })

  it('keeps its findings but no name while the screen is locked', async () => {
    await choose('roster.csv', [HEAD, GOOD, BROKEN])
    await press('试运行')
    await seen('阿依古丽·买买提')
    useSignIn().lock()
    await flushPromises()
    expect(pageText()).not.toContain('阿依古丽')
    expect(useRosterImport().report).toMatchObject({ newCount: 1, errorRowCount: 1, preview: [] })
    await signInAs('admin1', pin)
    await seen('锁定屏幕后不再显示姓名')
  })
})
