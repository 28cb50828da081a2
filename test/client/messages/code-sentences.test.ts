// Every code a person may meet has a sentence that can be shown, in both languages, with or without the figures it may carry.
import { describe, expect, it } from 'vitest'
import { PROBLEMS } from '#contract/problem.ts'
import { FINDING_CODES } from '#domain/shared/finding.ts'
import { REFUSAL_CODES } from '#domain/shared/refusal.ts'
import { FAULT_CODES } from '#client/storage/fault.ts'
import { createTestI18n } from '../components/mount-with-messages.ts'

const areas = { refusals: REFUSAL_CODES, findings: FINDING_CODES, problems: Object.keys(PROBLEMS), faults: FAULT_CODES }
const figures = new Proxy({}, { get: () => '7', has: () => true })

describe.each(['zh-CN', 'en'] as const)('in %s', (locale) => {
  const { t, te } = createTestI18n(locale).global
  it.each(Object.entries(areas))('every code of %s has a whole sentence', (area, codes) => {
    for (const code of codes) {
      const key = `${area}.${code}`
      expect(te(key, locale), key).toBe(true)
      expect(t(key, figures), key).toMatch(locale === 'en' ? /\.$/ : /。$/)
      expect(t(key, figures), key).not.toMatch(/[{}|]/)
    }
  })
})
