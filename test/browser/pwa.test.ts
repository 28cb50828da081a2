// The installed app: manifest and icons, every page from the service worker with the site stopped, and an update that waits for a person.
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openProfile, type Profile } from './steps/browser-profile.ts'
import { type BuildProxy, openBuildProxy } from './steps/build-proxy.ts'
import { todayInShanghai } from './steps/fictional-people.ts'
import { createHand } from './steps/hand.ts'
import { openRollCall, toDay } from './steps/instructor-pages.ts'
import { house } from './steps/journey.ts'
import { lock, signIn } from './steps/office-entry.ts'
import { key } from './steps/reach.ts'
import { openEmptySite, type Site } from './steps/site.ts'
import { openHouse, openSmallClass } from './steps/small-class.ts'
import { beginStory } from './steps/story.ts'

interface Manifest {
  readonly name: string
  readonly short_name: string
  readonly start_url: string
  readonly display: string
  readonly icons: readonly {
    readonly src: string
    readonly sizes: string
    readonly type: string
    readonly purpose?: string
  }[]
}

describe('the installed app', () => {
  let site: Site
  let proxy: BuildProxy
  let profile: Profile
  const story = beginStory('pwa', () => [profile.page()])

  beforeAll(async () => {
    site = await openEmptySite()
    proxy = await openBuildProxy(site.url)
    profile = await openProfile(proxy.url, { width: 800, height: 1280 })
    profile.watch.expectStatus(502)
  })
  afterAll(async () => {
    await profile?.remove()
    await proxy?.close()
    await site?.remove()
  })

  story.step('the manifest names the app, and every icon loads in its size', async () => {
    const page = profile.page()
    await page.goto('/')
    const manifest = await page.evaluate(async (): Promise<Manifest> => {
      const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')
      return (await fetch(link?.href ?? '')).json()
    })
    expect(manifest).toMatchObject({
      display: 'standalone',
      name: expect.stringMatching(/.+/),
      short_name: expect.stringMatching(/.+/),
      start_url: '/',
    })
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
    expect(manifest.icons.some(({ purpose }) => purpose?.includes('maskable'))).toBe(true)
    const sizes = await page.evaluate(async (icons) => {
      const load = async (src: string): Promise<string> => {
        const image = new Image()
        image.src = src
        await image.decode()
        return `${image.naturalWidth}x${image.naturalHeight}`
      }
      return Promise.all(icons.map(({ src }) => load(src)))
    }, manifest.icons)
    expect(sizes).toEqual(manifest.icons.map(({ sizes: named }) => named))
  })

  story.step('a house with a running class, and the service worker in charge', async () => {
    const page = profile.page()
    await openHouse(page, site)
    await openSmallClass(page, todayInShanghai())
    await lock(page)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    await page.reload()
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  })

  story.step('site stopped and browser restarted: every page opens', async () => {
    await site.kill()
    await profile.close()
    const page = await profile.open()
    for (const [address, heading] of [
      ['/', '新程'],
      ['/kiosk', '你想学什么手艺？'],
      ['/instructor', '教员登录'],
      ['/admin', '登录'],
      ['/verify', '核对证书上的二维码'],
      ['/health', /.+/],
      ['/join', /^已加入/],
    ] as const) {
      await page.goto(address)
      await page.getByRole('heading', { name: heading }).first().waitFor()
      await profile.watch.look(page, `offline ${address}`)
    }
    await page.goto('/kiosk')
    await page.getByRole('link', { name: /^做衣服/ }).click()
    await page.getByRole('link', { name: /^缝纫工/ }).click()
    await page.getByRole('heading', { name: '缝纫工' }).waitFor()
    await site.start()
  })

  story.step('a newer build waits during a roll call and is offered after it; nothing reloads by itself', async () => {
    const page = profile.page()
    await page.goto('/instructor')
    await signIn(page, house.instructor)
    await openRollCall(page, createHand())
    await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''))
    proxy.publish()
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      await registration?.update()
      await new Promise<void>((resolve) => {
        const look = () => (registration?.waiting ? resolve() : setTimeout(look, 50))
        look()
      })
    })
    const offer = key(page, '现在更新')
    expect(await offer.isVisible()).toBe(false)
    await page.getByRole('button', { name: '缺勤', exact: true }).first().click()
    await page.getByRole('button', { name: '缺勤', exact: true, pressed: true }).waitFor()
    expect(await page.locator('body[data-not-reloaded]').count()).toBe(1)
    await toDay(page)
    await offer.waitFor()
    await profile.watch.look(page, 'update offer')
    expect(await page.locator('body[data-not-reloaded]').count()).toBe(1)
    await offer.click()
    await page.locator('meta[name="build"][content="newer"]').waitFor({ state: 'attached' })
    await signIn(page, house.instructor)
    await openRollCall(page, createHand())
    await page.getByRole('button', { name: '缺勤', exact: true, pressed: true }).waitFor()
  })

  story.step('no page erred, axe found nothing', async () => {
    expect(profile.watch.troubles()).toEqual([])
  })
})
