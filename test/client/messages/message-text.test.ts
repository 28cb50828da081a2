// How sentences become text, and that the pages of the kiosk say only what is loaded for them.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { messageText } from '#client/app/message-text.ts'
import { kioskMessages } from '#client/app/messages/kiosk-words.ts'
import { filesUnder } from '#test/architecture/house.ts'

const ALWAYS_THERE = ['common', 'entrance']

describe('a sentence', () => {
  const messages = { 'zh-CN': { plain: '存好了', mark: 'a | b @ c', both: '{ name }缺勤{count}次，{name}' } }
  const { t } = createI18n({ legacy: false, locale: 'zh-CN', messages, messageCompiler: messageText }).global

  it('takes each value by its name, as often as it is named', () => {
    expect(t('both', { name: '阿依古丽', count: 0 })).toBe('阿依古丽缺勤0次，阿依古丽')
    expect(t('both', { name: '$1 {count}', count: 2 })).toBe('$1 {count}缺勤2次，$1 {count}')
  })

  it('stands as it is written where nothing is named, and shows nothing for a value that is not there', () => {
    expect([t('plain'), t('mark')]).toEqual(['存好了', 'a | b @ c'])
    expect(t('both', { name: undefined, count: null })).toBe('缺勤次，')
  })
})

describe('the kiosk', () => {
  it('says only words that are loaded with its pages', () => {
    const loaded = new Set([...ALWAYS_THERE, ...Object.keys(kioskMessages)])
    const pages = filesUnder('src/client/pages/kiosk').filter((path) => /\.(vue|ts)$/.test(path))
    const said = pages.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bte?\(\s*['`](\w+)\./g)].map(([, area]) => `${path} ${area ?? ''}`),
    )
    expect(said.length).toBeGreaterThan(50)
    expect(said.filter((one) => !loaded.has(one.split(' ')[1] ?? ''))).toEqual([])
  })
})
