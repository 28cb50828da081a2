// Bugs about what a device may see.
import type { SourceMutant } from './source-mutant.ts'

const family = 'scope'

export const SCOPE: readonly SourceMutant[] = [
  {
    family,
    name: 'tells every tablet everything',
    edits: [
      {
        file: 'src/server/ledger/feed.ts',
        find: 'roots: ROOTS[device.purpose], limit',
        replace: 'roots: ROOTS.office, limit',
      },
    ],
  },
  {
    family,
    name: "gives an instructor's tablet classes sealed before it joined",
    edits: [
      {
        file: 'src/server/ledger/feed.ts',
        find: "return (classId) => device.purpose === 'instructor' && !closed.has(classId) && !left.has(classId)",
        replace: "return (classId) => device.purpose === 'instructor' && (closed.has(classId) || !left.has(classId))",
      },
    ],
  },
  {
    family,
    name: "tells an instructor's tablet of other devices",
    edits: [
      {
        file: 'src/server/ledger/feed.ts',
        find: "if (familyOf(stream) === 'device' && device.purpose !== 'office') return stream === deviceStream(device.deviceId)",
        replace: "if (familyOf(stream) === 'device') return deviceStream(device.deviceId) !== ''",
      },
    ],
  },
  {
    family,
    name: 'forgets who works here in the scope of an instructor',
    edits: [
      {
        file: 'src/server/ledger/feed.ts',
        find: "instructor: ['facility', 'catalogue', 'provider', 'staff', 'room', 'class', 'device'],",
        replace: "instructor: ['facility', 'catalogue', 'provider', 'room', 'class', 'device'],",
      },
    ],
  },
  {
    family,
    name: 'answers a carried file as if it came from the office',
    edits: [
      {
        file: 'src/server/exchange/batch-file/answer-file.ts',
        find: 'const page = await readFeed(tx, context, file.device, after)',
        replace: "const page = await readFeed(tx, context, { ...file.device, purpose: 'office' }, after)",
      },
    ],
  },
]
