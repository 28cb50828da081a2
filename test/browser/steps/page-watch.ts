// What must never happen on any page, listened for all the time: a request elsewhere, an error, a person's name in an address.
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { axeViolations } from './axe-check.ts'

export interface PageWatch {
  follow(context: BrowserContext): void
  /** Words of people that must stand in no address: names, identity and custody numbers. */
  keepOutOfAddresses(words: readonly string[]): void
  /** Answers of the server that this test provokes on purpose; the browser reports each on its console. */
  expectStatus(...statuses: readonly number[]): void
  /** Looks at the page as it stands with axe; what is found is told at the end. */
  look(page: Page, name: string): Promise<void>
  /** Everything that went wrong so far, as sentences. */
  troubles(): readonly string[]
  /** How many pages were looked at. */
  looked(): number
}

/** The site may be stopped by the test; the browser then reports each call it could not make. */
const UNREACHABLE =
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INTERNET_DISCONNECTED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|FAILED)/
const STATUS = /the server responded with a status of (\d+)/

export function watchPages(origin: string): PageWatch {
  const troubles = new Set<string>()
  const addresses = new Set<string>()
  const expected = new Set<number>()
  const secrets = new Set<string>()
  let looked = 0

  function hearConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error') return
    const text = message.text()
    const status = STATUS.exec(text)?.[1]
    if (UNREACHABLE.test(text) || (status !== undefined && expected.has(Number(status)))) return
    troubles.add(`console error at ${message.location().url}: ${text}`)
  }
  function hearRequest(url: string): void {
    addresses.add(url)
    const isHere = url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`) || url.startsWith('data:')
    if (!isHere) troubles.add(`a request left the origin: ${url}`)
  }
  function namedAddresses(): string[] {
    return [...addresses].flatMap((address) => {
      const plain = decodeURIComponent(address)
      return [...secrets]
        .filter((word) => plain.includes(word))
        .map((word) => `an address tells of a person: ${word} in ${plain}`)
    })
  }
  return {
    follow(context) {
      context.on('request', (request) => hearRequest(request.url()))
      context.on('console', hearConsole)
      context.on('weberror', (error) => troubles.add(`uncaught error: ${error.error().stack ?? error.error().message}`))
      context.on('page', (page) => page.on('framenavigated', (frame) => addresses.add(frame.url())))
      for (const page of context.pages()) page.on('framenavigated', (frame) => addresses.add(frame.url()))
    },
    keepOutOfAddresses: (words) => words.filter((word) => word !== '').forEach((word) => secrets.add(word)),
    expectStatus: (...statuses) => statuses.forEach((status) => expected.add(status)),
    async look(page, name) {
      looked += 1
      for (const violation of await axeViolations(page)) troubles.add(`axe on ${name}: ${violation}`)
    },
    troubles: () => [...troubles, ...namedAddresses()],
    looked: () => looked,
  }
}
