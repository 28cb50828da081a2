// One class from roster to certificates: what the steps of the journey share, and what the test itself keeps in mind.
import type { Page } from 'playwright-core'
import { makeFixtures } from '#test/fixtures/spreadsheets/make-fixtures.ts'
import type { ExpectedRoster } from '#test/fixtures/spreadsheets/make-fixtures.ts'
import { openProfile, type Profile, type Viewport } from './browser-profile.ts'
import { enrollablePeople, type PlayedPerson, rosterSecrets, todayInShanghai } from './fictional-people.ts'
import { createHand, type Hand } from './hand.ts'
import type { NotedMark } from './instructor-pages.ts'
import type { StaffMember } from './office-entry.ts'
import type { EntryWay, NotedScore } from './score-page.ts'
import { openEmptySite, type Site } from './site.ts'
import type { Story } from './story.ts'

export const house = {
  facility: '示例监狱',
  administrator: { account: 'admin1', pin: '482913', displayName: '示例管理员' },
  instructor: { account: 'teacher1', pin: '739146', displayName: '示例教员' },
  provider: { name: '示例职业技能培训学校', code: 'SLX', validUntil: '2035-12-31' },
  room: { name: '第一实训室', seats: 45 },
} as const satisfies { administrator: StaffMember; instructor: StaffMember } & Record<string, unknown>

export const CLASS_SIZE = 40
export const LESSON = { startsAt: '08:30', minutes: 180 } as const
const SECOND_VIEWPORT: Viewport = { width: 1280, height: 800 }
const CODES = 45
const WISHES = 3

export interface Journey {
  readonly site: Site
  /** The tablet that everything is recorded on. */
  readonly first: Profile
  readonly hand: Hand
  readonly today: string
  readonly yesterday: string
  readonly roster: { readonly name: string; readonly bytes: Uint8Array }
  readonly expected: ExpectedRoster
  /** Who gets a code; the first few of them register wishes, and the first forty come into the class. */
  readonly people: readonly PlayedPerson[]
  readonly wishing: readonly PlayedPerson[]
  readonly members: readonly PlayedPerson[]
  readonly codes: Map<string, string>
  /** Every mark and score the screen acknowledged. */
  readonly marks: NotedMark[]
  readonly scores: NotedScore[]
  page(): Page
  /** Opens a second browser, which knows nothing yet. */
  openSecond(): Promise<Page>
  second(): Profile
  remove(): Promise<void>
}

/** What the parts of the journey are told with. */
export interface Telling {
  readonly story: Story
  readonly way: EntryWay
  journey(): Journey
  /** Looks at the page as it stands with axe. */
  look(name: string): Promise<void>
}

/** Starts an empty site and a browser of this size. */
export async function beginJourney(viewport: Viewport): Promise<Journey> {
  const today = todayInShanghai()
  const fixtures = await makeFixtures(today)
  const site = await openEmptySite()
  const first = await openProfile(site.url, viewport)
  first.watch.keepOutOfAddresses(rosterSecrets(today))
  const people = enrollablePeople(today, CODES)
  let second: Profile | null = null
  const json = new TextDecoder().decode(fixtures.get('roster-240.expected.json'))
  return {
    site,
    first,
    hand: createHand(),
    today,
    yesterday: new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10),
    roster: { name: 'roster-240.xlsx', bytes: fixtures.get('roster-240.xlsx') ?? new Uint8Array() },
    expected: JSON.parse(json) as ExpectedRoster,
    people,
    wishing: people.slice(0, WISHES),
    members: people.slice(0, CLASS_SIZE),
    codes: new Map(),
    marks: [],
    scores: [],
    page: first.page,
    async openSecond() {
      second = await openProfile(site.url, SECOND_VIEWPORT)
      second.watch.keepOutOfAddresses(rosterSecrets(today))
      return second.page()
    },
    second() {
      if (second === null) throw new Error('there is no second browser yet')
      return second
    },
    async remove() {
      await second?.remove()
      await first.remove()
      await site.remove()
    },
  }
}

/** The noted scores as the sheet lists them: person by person. */
export function sheetOrder(scores: readonly NotedScore[]): NotedScore[] {
  const names = [...new Set(scores.map(({ name }) => name))]
  return names.flatMap((name) => scores.filter((score) => score.name === name))
}

/** The scores of the journey: most pass, two fail by a hair, one was absent, one has all the points. */
export function scoresFor(names: readonly string[]): NotedScore[] {
  const special: Readonly<Record<string, string>> = {
    '4 理论': '59',
    '5 实操': '59.5',
    '6 理论': '缺考',
    '6 实操': '缺考',
    '7 理论': '100',
    '8 实操': '60',
  }
  return (['理论', '实操'] as const).flatMap((part, column) =>
    names.map((name, index) => ({
      name,
      part,
      text: special[`${index} ${part}`] ?? String(61 + ((index * 7 + column * 3) % 38)),
    })),
  )
}

/** Who passed by the test's own reckoning: 60 points or more in each part. */
export function passedNames(scores: readonly NotedScore[]): string[] {
  const names = [...new Set(scores.map(({ name }) => name))]
  return names.filter((name) => scores.every((score) => score.name !== name || Number(score.text) >= 60))
}
