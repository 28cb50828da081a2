import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { codeFiles, placeOf, syntaxOf, walk } from '#test/architecture/house.ts'

const inLayer = (...layers: string[]) =>
  codeFiles().filter((path) => layers.some((layer) => path.startsWith(`src/${layer}/`)))

function findIn(paths: string[], isFound: (node: ts.Node) => boolean): string[] {
  return paths.flatMap((path) => {
    const found: string[] = []
    walk(syntaxOf(path), (node) => {
      if (isFound(node)) found.push(`${placeOf(path, node)} ${node.getText().slice(0, 60)}`)
    })
    return found
  })
}

/** `Date.now`, `new Date()`, `Date()` and `Math.random`; `new Date(moment)` only reads what it is given. */
function readsClockOrRandom(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node))
    return ['Date.now', 'Math.random', 'performance.now'].includes(node.getText())
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0
  return ts.isCallExpression(node) && node.expression.getText() === 'Date'
}

const NETWORK = /^((globalThis|window|self)\.)?(fetch|XMLHttpRequest|WebSocket|EventSource)$|^navigator\.sendBeacon$/

function opensConnection(node: ts.Node): boolean {
  return (ts.isCallExpression(node) || ts.isNewExpression(node)) && NETWORK.test(node.expression.getText())
}

describe('clock, random source and network', () => {
  it('shapes and law read neither the clock nor a random source', () => {
    expect(findIn(inLayer('contract', 'domain'), readsClockOrRandom)).toEqual([])
  })

  it('client and server read them only in a main.ts, which hands them on', () => {
    const paths = inLayer('client', 'server').filter((path) => !path.endsWith('/main.ts'))
    expect(findIn(paths, readsClockOrRandom)).toEqual([])
  })

  it('in the client only the transport opens a connection', () => {
    const paths = inLayer('client').filter((path) => path !== 'src/client/sync/transport.ts')
    expect(findIn(paths, opensConnection)).toEqual([])
  })
})
