// A tablet in the facility's network: at the http address it is told what to do, with the root it trusts the https address works, and then without the site.
import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { freePort } from '#test/support/free-port.ts'
import { openProfile, type Profile } from './steps/browser-profile.ts'
import { joinDevice } from './steps/office-entry.ts'
import { openEmptySite, type Site } from './steps/site.ts'
import { beginStory } from './steps/story.ts'

const NAME = 'xincheng.test'
const TABLET = { width: 800, height: 1280 }
/** As the facility's own name server would answer. */
const NETWORK = `--host-resolver-rules=MAP ${NAME} 127.0.0.1`

describe('a tablet on a name of the local network', () => {
  let site: Site
  let httpOrigin: string
  let httpsOrigin: string
  let stranger: Profile
  let tablet: Profile | undefined
  let root: X509Certificate
  const story = beginStory('trust', () => (tablet ?? stranger).context().pages())

  beforeAll(async () => {
    const port = await freePort()
    site = await openEmptySite({ HTTPS_PORT: String(port), HTTPS_NAMES: NAME })
    httpOrigin = `http://${NAME}:${new URL(site.url).port}`
    httpsOrigin = `https://${NAME}:${port}`
    stranger = await openProfile(httpOrigin, TABLET, { keepsData: false, args: [NETWORK] })
  })
  afterAll(async () => {
    await tablet?.remove()
    await stranger?.remove()
    await site?.remove()
  })

  story.step('over http it is told that this address cannot work offline, and led to the root', async () => {
    const page = stranger.page()
    await page.goto('/join')
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await page.getByText('这个网址断网打不开').waitFor()
    await page.getByRole('link', { name: '安装根证书' }).click()
    await page.getByRole('heading', { name: '让这台设备信任站点' }).waitFor()
    await stranger.watch.look(page, 'trust')
  })

  story.step('the file it downloads has the fingerprint the page shows, and every system has its steps', async () => {
    const page = stranger.page()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载根证书' }).click(),
    ])
    const bytes = await readFile(await download.path())
    root = new X509Certificate(bytes)
    expect(download.suggestedFilename()).toBe('root.crt')
    await page.getByText(root.fingerprint256, { exact: true }).waitFor()
    for (const system of ['安卓', 'Windows', 'ChromeOS', 'Linux', 'iPadOS']) {
      await page.getByRole('button', { name: system, exact: true }).click()
      expect(await page.getByRole('listitem').count()).toBe(4)
    }
    expect(await page.getByRole('link', { name: '打开并加入' }).getAttribute('href')).toBe(`${httpsOrigin}/join`)
    expect(stranger.watch.troubles()).toEqual([])
  })

  story.step('a browser that does not trust the root refuses the https address', async () => {
    await expect(stranger.page().goto(`${httpsOrigin}/join`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
  })

  story.step('one that trusts the key of the root joins there, and keeps the app', async () => {
    const key = createHash('sha256')
      .update(root.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64')
    tablet = await openProfile(httpsOrigin, TABLET, {
      args: [NETWORK, `--ignore-certificate-errors-spki-list=${key}`],
    })
    const page = tablet.page()
    await joinDevice(page, site.joinCode, '车间平板')
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    await page.reload()
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  })

  story.step('site stopped and browser restarted: it is still joined, and every page opens', async () => {
    if (tablet === undefined) throw new Error('the tablet is open')
    await site.kill()
    await tablet.close()
    const page = await tablet.open()
    await page.goto('/join')
    await page.getByRole('heading', { name: /^已加入/ }).waitFor()
    await page.goto('/kiosk')
    await page.getByRole('heading', { name: '你想学什么手艺？' }).waitFor()
    await page.goto('/trust')
    await page.getByRole('heading', { name: '站点连不上' }).waitFor()
    await tablet.watch.look(page, 'trust offline')
    expect(tablet.watch.troubles()).toEqual([])
  })
})
