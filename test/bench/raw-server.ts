// The yardstick: a bare Node server that stores JSON rows in SQLite as durably as the product does, and checks nothing.
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { temporaryFolder } from './facility.ts'

interface RawRow {
  readonly seq: number
  readonly id: string
  readonly text: string
}

export interface RawServer {
  readonly url: string
  stop(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

export async function startRawServer(): Promise<RawServer> {
  const database = new Database(join(temporaryFolder(), 'raw.sqlite'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('create table rows (seq integer primary key, id text not null, text text not null)')
  const insert = database.prepare('insert or replace into rows (seq, id, text) values (@seq, @id, @text)')
  const insertAll = database.transaction((rows: readonly RawRow[]) => {
    for (const row of rows) insert.run(row)
  })
  const page = database.prepare('select seq, id, text from rows where seq > ? order by seq limit ?')
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const answer = (value: unknown) => {
      response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      response.end(JSON.stringify(value))
    }
    if (request.method === 'GET')
      return answer(page.all(Number(url.searchParams.get('after')), Number(url.searchParams.get('limit'))))
    void bodyOf(request).then((body) => {
      insertAll(JSON.parse(body) as readonly RawRow[])
      answer({ ok: true })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://localhost:${port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      database.close()
    },
  }
}
