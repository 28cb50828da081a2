// Stands between browser and site and can hand out a newer build: the same app with one changed page, as after an update of the site.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface BuildProxy {
  readonly url: string
  /** From now on the site has a newer build. */
  publish(): void
  close(): Promise<void>
}

const NEWER = '<meta name="build" content="newer">'

function newer(path: string, text: string): string {
  if (path.startsWith('/service-worker.js'))
    return text.replace(/"revision":"\w+","url":"index\.html"/, '"revision":"newer","url":"index.html"')
  return text.replace('</head>', `${NEWER}</head>`)
}

/** Opens a proxy before the site at `target`. */
export async function openBuildProxy(target: string): Promise<BuildProxy> {
  let isNewer = false
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/'
    const isChanged =
      isNewer && (path.startsWith('/service-worker.js') || path === '/' || path.startsWith('/index.html'))
    pass(target, asked, answer, isChanged ? (text) => newer(path, text) : null)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish() {
      isNewer = true
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Passes one call on. A changed page is read whole; everything else flows through. */
function pass(
  target: string,
  asked: IncomingMessage,
  answer: ServerResponse,
  change: ((text: string) => string) | null,
): void {
  const headers = { ...asked.headers }
  if (change !== null)
    for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) delete headers[name]
  const onward = request(new URL(asked.url ?? '/', target), { method: asked.method ?? 'GET', headers }, (said) => {
    if (change === null) {
      answer.writeHead(said.statusCode ?? 502, said.headers)
      said.pipe(answer)
      return
    }
    const parts: Buffer[] = []
    said.on('data', (part: Buffer) => parts.push(part))
    said.on('end', () => {
      const body = Buffer.from(change(Buffer.concat(parts).toString('utf8')))
      const { etag: _etag, 'last-modified': _modified, 'content-encoding': _encoding, ...kept } = said.headers
      answer.writeHead(said.statusCode ?? 502, { ...kept, 'content-length': String(body.length) })
      answer.end(body)
    })
  })
  onward.on('error', () => answer.destroy())
  asked.pipe(onward)
}
