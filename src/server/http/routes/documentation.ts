// The API as a document: for programs, and as a plain page for people. The document itself comes from the contract's schemas.
import type { App } from '../app.ts'

interface DocumentedRoute {
  readonly method: string
  readonly path: string
  readonly summary: string
}

function routesOf(document: { paths?: object }): readonly DocumentedRoute[] {
  const paths: [string, Record<string, { summary?: string }>][] = Object.entries(document.paths ?? {})
  return paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary = '' }]) => ({ method: method.toUpperCase(), path, summary })),
  )
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function page(routes: readonly DocumentedRoute[]): string {
  const rows = routes.map(
    ({ method, path, summary }) =>
      `<tr><td>${method}</td><td><code>${escape(path)}</code></td><td>${escape(summary)}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Xincheng API</title></head>
<body><h1>Xincheng API</h1>
<p>Generated from the contract. Shapes of requests and answers: <a href="/api/openapi.json">openapi.json</a>.
Every call but health, joining and these two pages is signed by a known device; see <code>src/contract/device.ts</code>.</p>
<table><thead><tr><th>Method</th><th>Path</th><th>What it does</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>
`
}

/** Registers `GET /api/openapi.json` and `GET /api/docs`. */
export function registerDocumentation(app: App): void {
  app.fastify.get('/api/openapi.json', { schema: { hide: true } }, () => app.fastify.swagger())
  app.fastify.get('/api/docs', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(page(routesOf(app.fastify.swagger()))),
  )
}
