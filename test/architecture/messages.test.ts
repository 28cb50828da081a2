import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { messageText } from '#client/app/message-text.ts'
import { filesUnder, projectFolder } from '#test/architecture/house.ts'

const FOLDER = 'src/client/app/messages'
/** Proper names that stay Chinese in the English interface. */
const CHINESE_NAMES = /新程|中文|简体|示例监狱|示例强制隔离戒毒所/g

type Tree = { [key: string]: Tree | string }

async function readTree(language: string): Promise<Tree> {
  const parts = await Promise.all(
    filesUnder(`${FOLDER}/${language}`).map(async (path) => {
      const module: Record<string, Tree> = await import(pathToFileURL(join(projectFolder, path)).href)
      return Object.fromEntries(Object.entries(module).filter(([, value]) => typeof value === 'object'))
    }),
  )
  return Object.assign({}, ...parts) as Tree
}

function leavesOf(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : leavesOf(value, `${prefix}${key}.`),
  )
}

const placeholdersOf = (text: string) =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*\}/g)].map((match) => match[1] ?? ''))].sort()

describe('messages', () => {
  let zh: Map<string, string>
  let en: Map<string, string>
  let trees: { 'zh-CN': Tree; en: Tree }

  beforeAll(async () => {
    trees = { 'zh-CN': await readTree('zh-CN'), en: await readTree('en') }
    zh = new Map(leavesOf(trees['zh-CN']))
    en = new Map(leavesOf(trees.en))
  })

  it('Chinese and English have the same keys', () => {
    expect(zh.size).toBeGreaterThan(0)
    expect({
      onlyChinese: [...zh.keys()].filter((key) => !en.has(key)),
      onlyEnglish: [...en.keys()].filter((key) => !zh.has(key)),
    }).toEqual({
      onlyChinese: [],
      onlyEnglish: [],
    })
  })

  it('no sentence is empty', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  it('both languages name the same placeholders', () => {
    const differing = [...zh].filter(
      ([key, text]) => placeholdersOf(text).join() !== placeholdersOf(en.get(key) ?? '').join(),
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('the English sentences are English', () => {
    expect(
      [...en].filter(([, text]) => /\p{Script=Han}/u.test(text.replace(CHINESE_NAMES, ''))).map(([key]) => key),
    ).toEqual([])
  })

  it('every sentence can be shown', () => {
    const failing: string[] = []
    for (const language of ['zh-CN', 'en'] as const) {
      const { t } = createI18n({
        legacy: false,
        locale: language,
        messages: trees,
        messageCompiler: messageText,
      }).global
      for (const [key, text] of language === 'en' ? en : zh) {
        const values = Object.fromEntries(placeholdersOf(text).map((name) => [name, '1']))
        if (!isShown(() => t(key, values), key)) failing.push(`${language} ${key}`)
      }
    }
    expect(failing).toEqual([])
  })
})

/** A stray `@`, `{` or `|` makes the message compiler throw, or leaves the key or a brace on the screen. */
function isShown(show: () => string, key: string): boolean {
  try {
    const shown = show()
    return shown !== key && !/[{}]/.test(shown)
  } catch {
    return false
  }
}
