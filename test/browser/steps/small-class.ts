// A running class of a few people, reached the quick way: for tests that are about something else.
import type { Page } from 'playwright-core'
import type { RosterFile } from './roster-import-page.ts'
import { confirmImport, dryRun, openImport } from './roster-import-page.ts'
import { addByNumber, openClass, planClass } from './class-plan-page.ts'
import { csvOf } from '#test/fixtures/spreadsheets/make-fixtures.ts'
import { type FictionalPerson, fictionalPeople } from '#test/fixtures/spreadsheets/fictional-people.ts'
import { house } from './journey.ts'
import { joinDevice, setUpFacility, signIn } from './office-entry.ts'
import { key } from './reach.ts'
import { appointInstructor, registerProvider, registerRoom } from './settings-pages.ts'
import type { Site } from './site.ts'

const CLEAN_SEED = 77

/** Clean people for a day, as many as wanted. */
export function cleanPeople(asOf: string, count: number): FictionalPerson[] {
  return fictionalPeople(count, asOf, CLEAN_SEED)
}

/** A roster of clean rows as CSV. */
export function cleanRoster(asOf: string, count: number): RosterFile {
  return { name: 'roster.csv', bytes: new TextEncoder().encode(`\ufeff${csvOf(cleanPeople(asOf, count))}`) }
}

/** A house with its first administrator signed in. */
export async function openHouse(page: Page, site: Site): Promise<void> {
  await joinDevice(page, site.joinCode, '办公室电脑')
  await setUpFacility(page, house.facility, house.administrator)
  await key(page, '去登录').click()
  await signIn(page, house.administrator)
}

/** A class of the first three eligible people with one lesson today, open, and the administrator still signed in. */
export async function openSmallClass(page: Page, today: string): Promise<readonly string[]> {
  await registerProvider(page, house.provider)
  await registerRoom(page, house.room)
  await appointInstructor(page, house.instructor, house.provider.name)
  await openImport(page)
  await dryRun(page, cleanRoster(today, 12))
  await confirmImport(page)
  await planClass(page, {
    occupation: '缝纫工',
    startsOn: today,
    startsAt: '08:30',
    minutes: 90,
    lessonCount: 1,
    seatCap: 10,
  })
  const members = cleanPeople(today, 12).slice(0, 3)
  await addByNumber(page, members)
  await openClass(page)
  return members.map(({ name }) => name)
}
