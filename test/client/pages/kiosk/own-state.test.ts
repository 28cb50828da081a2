// @vitest-environment happy-dom
// The sentences a trainee reads about himself, in every state.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OwnState } from '#contract/vault.ts'
import { useOwnCard } from '#client/stores/own-card.ts'
import { pageText, sees, startKioskTablet } from './kiosk-tablet.ts'
import type { KioskTablet } from './kiosk-tablet.ts'

let desk: KioskTablet
beforeEach(async () => {
  desk = await startKioskTablet()
})
afterEach(() => desk.stop())

const wishes = [{ occupationId: 'sewing-worker', skillLevel: 5, reason: null }]
const place = {
  classId: 'C1',
  classNumber: '2026-004',
  occupationId: 'sewing-worker',
  skillLevel: 5,
  phase: 'open',
  startsOn: '2026-09-07',
  endsOn: '2027-01-22',
  attendedMinutes: 2790,
  taughtMinutes: 3000,
  plannedMinutes: 5400,
  theory: null,
  practical: null,
  outcome: null,
}
const certificate = {
  certificateKind: 'training',
  number: '34020126000012',
  issuerName: '示例',
  issuedOn: '2027-02-01',
  occupationId: 'sewing-worker',
  skillLevel: 5,
}
const done = { phase: 'completed', attendedMinutes: 5200 }
const notNow = (reasons: readonly string[], eligibleFrom: string | null) => ({
  eligibility: { eligible: false, reasons, eligibleFrom },
})

const cases: readonly { readonly name: string; readonly card: object; readonly says: readonly string[] }[] = [
  { name: 'none', card: {}, says: ['你还没有报志愿。', '先看看有什么手艺。', '去找手艺'] },
  { name: 'waiting', card: { wishes }, says: ['志愿报好了，等分班。', '1 个志愿', '第一志愿缝纫工'] },
  {
    name: 'not eligible yet',
    card: { wishes, ...notNow(['trainee/term-too-long'], '2027-03-02') },
    says: [
      '你现在还不能参加。',
      '离期满还有一年以上。',
      '你从2027年3月2日起可以参加，到时候再来看。',
      '2027年3月2日起',
    ],
  },
  {
    name: 'not eligible for two reasons, no day',
    card: notNow(['trainee/not-of-working-age', 'trainee/not-work-capable'], null),
    says: ['年龄不在规定的范围里。', '登记的身体情况还不能参加。', '觉得不对，请老师帮你核对。'],
  },
  {
    name: 'planned',
    card: { trainingClass: { ...place, phase: 'planned', startsOn: '2026-12-07', attendedMinutes: 0 } },
    says: ['你分到缝纫工班了。', '12月7日开课。', '2026-004 班'],
  },
  {
    name: 'learning',
    card: { trainingClass: place },
    says: ['你正在学缝纫工。', '再上 34 学时，就可以参加考试。', '62 学时，一共 120', '到 96 学时可以考试', '还没考'],
  },
  {
    name: 'learning with hours enough',
    card: { trainingClass: { ...place, attendedMinutes: 4320 } },
    says: ['学时够考试了，接着把课上完。'],
  },
  {
    name: 'both parts taken',
    card: { trainingClass: { ...place, theory: { scoreTenths: 700 }, practical: { scoreTenths: 705 } } },
    says: ['两门都考了，等老师公布结果。', '70.5 分'],
  },
  {
    name: 'a skill this tablet does not know',
    card: { trainingClass: { ...place, occupationId: 'long-gone' } },
    says: ['你正在学这门手艺。'],
  },
  {
    name: 'passed',
    card: {
      trainingClass: {
        ...place,
        ...done,
        theory: { scoreTenths: 600 },
        practical: { scoreTenths: 990 },
        outcome: 'passed',
      },
    },
    says: ['缝纫工，你考过了。', '证书办好了，这里会告诉你。', '两门都过了'],
  },
  {
    name: 'passed with a certificate',
    card: {
      certificates: [certificate],
      trainingClass: {
        ...place,
        ...done,
        theory: { scoreTenths: 600 },
        practical: { scoreTenths: 990 },
        outcome: 'passed',
      },
    },
    says: ['证书办好了，在下面。', '培训合格证书', '证书编号 34020126000012', '2027年2月1日发'],
  },
  {
    name: 'failed in theory',
    card: {
      trainingClass: {
        ...place,
        ...done,
        theory: { scoreTenths: 599 },
        practical: { scoreTenths: 800 },
        outcome: 'failed',
      },
    },
    says: ['缝纫工，这次没考过。', '理论没到 60 分，可以补考。', '问问老师什么时候考。', '59.9 分'],
  },
  {
    name: 'failed in both parts',
    card: {
      trainingClass: {
        ...place,
        ...done,
        theory: { scoreTenths: 100 },
        practical: { scoreTenths: 0 },
        outcome: 'failed',
      },
    },
    says: ['理论和实操没到 60 分，可以补考。', '0 分'],
  },
  {
    name: 'not assessed',
    card: { trainingClass: { ...place, ...done, theory: { word: 'absent' }, outcome: 'notAssessed' } },
    says: ['缝纫工，还没有考完。', '没考不算 0 分。问问老师能不能补考。', '缺考'],
  },
]

describe('the page of one’s own state', () => {
  it('says each state in words, and nothing of one state in another', async () => {
    const router = await desk.openPages('/kiosk')
    const own = useOwnCard()
    const headlines: string[] = []
    for (const { name, card, says } of cases) {
      own.close()
      own.card = OwnState.parse({
        traineeId: 'A1',
        displayName: '阿依古丽·买买提',
        asOf: '2026-11-24',
        wishes: [],
        trainingClass: null,
        certificates: [],
        eligibility: { eligible: true, reasons: [], eligibleFrom: null },
        ...card,
      })
      await router.push('/kiosk/me')
      await sees(says[0] ?? '')
      const text = pageText().replaceAll(' ', '')
      for (const words of says) expect(text, name).toContain(words.replaceAll(' ', ''))
      expect(text, name).not.toMatch(/undefined|null|NaN|kiosk\.|\{/)
      headlines.push(document.querySelector('.own-scene h2')?.textContent ?? '')
    }
    expect(headlines).toHaveLength(cases.length)
  })
})
