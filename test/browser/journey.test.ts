// One class, end to end, in a real browser over a real server: from an empty site to certificates, with the network, the server and the
// browser taken away in between. Nothing that the screen acknowledged may be missing afterwards.
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Viewport } from './steps/browser-profile.ts'
import { beginJourney, type Journey, type Telling } from './steps/journey.ts'
import type { EntryWay } from './steps/score-page.ts'
import { beginStory } from './steps/story.ts'
import { tellCompletionSteps } from './steps/tell-completion.ts'
import { tellLessonSteps } from './steps/tell-lessons.ts'
import { tellOfficeSteps } from './steps/tell-office.ts'

const screens: readonly (Viewport & { readonly way: EntryWay })[] = [
  { width: 360, height: 780, way: 'pad' },
  { width: 800, height: 1280, way: 'keyboard' },
  { width: 1280, height: 800, way: 'keyboard' },
]
/** Fewer than these would mean that a part of the journey was not looked at. */
const LOOKS_MIN = 25

describe.each(screens)('one class from roster to certificates at $width x $height', ({ width, height, way }) => {
  let journey: Journey
  const story = beginStory(`journey ${width}x${height}`, () => [journey.page()])
  const told: Telling = {
    story,
    way,
    journey: () => journey,
    look: (name) => journey.first.watch.look(journey.page(), name),
  }

  beforeAll(async () => {
    journey = await beginJourney({ width, height })
  })
  afterAll(() => journey?.remove())

  tellOfficeSteps(told)
  tellLessonSteps(told)
  tellCompletionSteps(told)

  story.step('no request left the site, no page erred, axe found nothing, no address named a person', async () => {
    expect([...journey.first.watch.troubles(), ...journey.second().watch.troubles()]).toEqual([])
    expect(journey.first.watch.looked()).toBeGreaterThan(LOOKS_MIN)
  })
})
