// @vitest-environment happy-dom
// The words on a certificate, read as the app reads its sentences.
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { CertificateContent } from '#contract/vault.ts'
import { messageText } from '#client/app/message-text.ts'
import { englishMessages } from '#client/app/messages/en.ts'
import { chineseMessages } from '#client/app/messages/zh-CN.ts'
import CertificatePaper from '#client/pages/admin/certificates/CertificatePaper.vue'

const content = CertificateContent.parse({
  number: 'WP-2026-001-0001',
  traineeId: 'T1',
  holderName: '阿卜杜拉·买买提',
  idNumber: '340100200402230221',
  occupationName: '缝纫工',
  skillLevel: 5,
  startedOn: '2026-07-20',
  completedOn: '2026-09-28',
  classHours: 138,
  issuerName: '示例职业培训学校',
  issuedOn: '2026-09-30',
  qrText: 'XC1.e30.c2ln',
})

function paper(locale: 'zh-CN' | 'en') {
  const i18n = createI18n({
    legacy: false,
    locale: locale as string,
    messages: { 'zh-CN': chineseMessages, en: englishMessages } as Record<string, typeof englishMessages>,
    messageCompiler: messageText,
  })
  return mount(CertificatePaper, {
    props: { content, demonstration: false, voided: false },
    global: { plugins: [i18n] },
  })
}

describe('a certificate', () => {
  it('[CRT-8] says the whole sentence with person, dates, project and hours, each on its line', () => {
    const text = paper('zh-CN').get('.cert-text')
    expect(text.text()).toBe(
      '学员阿卜杜拉·买买提，身份证件号码340100200402230221，于2026 年 7 月 20 日至2026 年 9 月 28 日参加缝纫工（初级）培训（全程138学时），经考核，理论和实际操作成绩合格，特发此证。',
    )
    expect(text.findAll('b')).toHaveLength(6)
  })

  it('is a Chinese paper in every language of the screen', () => {
    expect(paper('en').text()).toBe(paper('zh-CN').text())
  })
})
