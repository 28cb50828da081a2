import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser'
import { journeys, rooms, type Room } from '#test/architecture/import-table.ts'

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const isFile = (path: string) => /\.\w+$/.test(path)

/** A path of the table as a pattern on resolved paths. */
function pattern(entry: string): string | null {
  if (entry === 'node:') return null
  // A name with a bundler's suffix (`x.svg?inline`) stays unresolved and starts with the package's name.
  if (entry.startsWith('pkg:')) return `(^|node_modules/)${escape(entry.slice(4))}${entry.endsWith('/') ? '' : '(/|$)'}`
  return `^src/${escape(entry)}${isFile(entry) ? '$' : '/'}`
}

const patterns = (entries: string[]) => entries.map(pattern).filter((found) => found !== null)

/** The rooms inside a room, which have rows of their own. */
const roomsWithin = (room: string) =>
  patterns(rooms.map((other) => other.room).filter((other) => other.startsWith(`${room}/`)))

function roomRules({ room, may, mayTypes = [] }: Room): IForbiddenRuleType[] {
  const from = { path: patterns([room]), pathNot: roomsWithin(room) }
  // What is not found at all is one failure, not two.
  const allowed = [...patterns([room, ...may]), '^[#.]']
  const core = may.includes('node:') ? { dependencyTypesNot: ['core' as const] } : {}
  const rules: IForbiddenRuleType[] = [
    {
      name: `${room} imports only what the table allows`,
      severity: 'error',
      from,
      to: { ...core, pathNot: [...allowed, ...patterns(mayTypes)] },
    },
  ]
  if (mayTypes.length > 0) {
    rules.push({
      name: `${room} takes only types from ${mayTypes.join(', ')}`,
      severity: 'error',
      from,
      to: { path: patterns(mayTypes), pathNot: allowed, dependencyTypesNot: ['type-only'] },
    })
  }
  return rules
}

const journeyRules: IForbiddenRuleType[] = journeys.map((journey, index) => ({
  name: `domain/${journey} reads only earlier steps`,
  severity: 'error',
  from: { path: `^src/domain/${journey}/` },
  to: { path: '^src/domain/', pathNot: journeys.slice(0, index + 1).map((earlier) => `^src/domain/${earlier}/`) },
}))

/** Folders the table does not know: a new room is a decision, so it gets a row first. */
const layers = ['client', 'server']
const unknownRooms: IForbiddenRuleType[] = layers.map((layer) => ({
  name: `every room of ${layer} has a row in the table`,
  severity: 'error',
  from: {
    path: `^src/${layer}/`,
    pathNot: patterns(rooms.map(({ room }) => room).filter((room) => room.startsWith(layer))),
  },
  to: {},
}))

const config = {
  forbidden: [
    ...rooms.flatMap(roomRules),
    ...journeyRules,
    ...unknownRooms,
    {
      name: 'every folder of domain is a step of the notice',
      severity: 'error',
      from: { path: '^src/domain/[^/]+/', pathNot: journeys.map((journey) => `^src/domain/${journey}/`) },
      to: {},
    },
    {
      name: 'only the update file knows workbox-window',
      severity: 'error',
      from: { pathNot: '^src/client/app/service-worker-update\\.ts$' },
      to: { path: 'node_modules/workbox-window/' },
    },
    { name: 'src never imports test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every import is found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.svg\\?(no-)?(inline|raw|url)$' },
    },
    {
      name: 'no package that package.json does not name',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^test/tools/', '^src/bootstrap/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
} satisfies IConfiguration

export default config
