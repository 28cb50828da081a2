import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import config from '#test/architecture/dependency-cruiser.config.ts'

/** A tiny house in which every file breaks one rule, named after it. The rules must see each. */
const BROKEN: Record<string, { path: string; text: string }> = {
  'domain takes only types from contract': {
    path: 'src/domain/shared/value.ts',
    text: "import { shape } from '#contract/shape.ts'\nexport const value = shape\n",
  },
  'domain/shared reads only earlier steps': {
    path: 'src/domain/shared/early.ts',
    text: "import { late } from '#domain/attendance/late.ts'\nexport const early = late\n",
  },
  'contract imports only what the table allows': {
    path: 'src/contract/outward.ts',
    text: "import type { late } from '#domain/attendance/late.ts'\nexport type Outward = typeof late\n",
  },
  'client/pages imports only what the table allows': {
    path: 'src/client/pages/kiosk/OccupationList.vue',
    text: '<script setup lang="ts">\nimport { push } from \'#client/sync/push.ts\'\npush()\n</script>\n<template><p /></template>\n',
  },
  'client/stores imports only what the table allows': {
    path: 'src/client/stores/attendance.ts',
    text: "import { push } from '#client/sync/push.ts'\nexport const send = push\n",
  },
  'client/sync imports only what the table allows': {
    path: 'src/client/sync/pull.ts',
    text: "import { main } from '#server/main.ts'\nexport const pull = main\n",
  },
  'server/http imports only what the table allows': {
    path: 'src/server/http/static.ts',
    text: "import { push } from '#client/sync/push.ts'\nexport const serve = push\n",
  },
  'every room of server has a row in the table': {
    path: 'src/server/attic/chest.ts',
    text: "import { shape } from '#contract/shape.ts'\nexport const chest = shape\n",
  },
  'no cycles': {
    path: 'src/contract/circle.ts',
    text: "import { round } from '#contract/round.ts'\nexport const circle = () => round\n",
  },
  'every import is found': {
    path: 'src/contract/lost.ts',
    text: "import { lost } from '#contract/nowhere.ts'\nexport const found = lost\n",
  },
  'src never imports test': { path: 'src/server/main.ts', text: "export { probe as main } from '#test/probe.ts'\n" },
}

const SOUND: Record<string, string> = {
  'package.json': JSON.stringify({
    type: 'module',
    imports: Object.fromEntries(
      ['contract', 'domain', 'client', 'server']
        .map((layer) => [`#${layer}/*`, `./src/${layer}/*`])
        .concat([['#test/*', './test/*']]),
    ),
  }),
  'src/contract/shape.ts': 'export const shape = 1\n',
  'src/contract/round.ts': "import { circle } from '#contract/circle.ts'\nexport const round = () => circle\n",
  'src/domain/attendance/late.ts':
    "import type { shape } from '#contract/shape.ts'\nexport const late = 2 as typeof shape | 2\n",
  'src/client/sync/push.ts': 'export const push = () => 3\n',
  'test/probe.ts': 'export const probe = 4\n',
}

describe('the import rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'house-'))
  let broken: { name: string; from: string }[] = []

  beforeAll(async () => {
    const files = { ...SOUND, ...Object.fromEntries(Object.values(BROKEN).map(({ path, text }) => [path, text])) }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const { output } = await cruise(
      ['src', 'test'],
      { ...config.options, baseDir: folder, ruleSet: { forbidden: config.forbidden }, validate: true },
      config.options.enhancedResolveOptions,
    )
    broken = (output as ICruiseResult).summary.violations.map(({ rule, from }) => ({ name: rule.name, from }))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(Object.entries(BROKEN))('see it when a file breaks “%s”', (name, { path }) => {
    expect(broken).toContainEqual({ name, from: path })
  })

  it('say nothing about files that keep them', () => {
    const sound = new Set(Object.keys(SOUND).filter((path) => path !== 'src/contract/round.ts'))
    expect(broken.filter(({ from }) => sound.has(from))).toEqual([])
  })
})
