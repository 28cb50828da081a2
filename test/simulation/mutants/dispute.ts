// Bugs about two people who say different things of one thing.
import type { SourceMutant } from './source-mutant.ts'

const family = 'dispute'
const FILE = 'src/domain/shared/dispute.ts'

export const DISPUTE: readonly SourceMutant[] = [
  {
    family,
    name: 'lets the last score win and forgets the others',
    edits: [
      {
        file: 'src/domain/assessment/fold.ts',
        find: 'const history = [...before, record]',
        replace: 'const history = before.length < 0 ? before : [record]',
      },
    ],
  },
  {
    family,
    name: 'believes that everybody saw everything before him',
    edits: [
      {
        file: FILE,
        find: 'if (record.settlement || isBase || other.deviceId === record.deviceId) learn(earlier)',
        replace: 'learn(earlier)',
      },
    ],
  },
  {
    family,
    name: 'believes that whoever saw one word saw all before his own',
    edits: [
      {
        file: FILE,
        find: 'for (let before = 0; before < earlier; before += 1) known.add(before)',
        replace: 'for (let before = 0; before < index; before += 1) known.add(before)',
      },
    ],
  },
  {
    family,
    name: 'settles every dispute with one settlement',
    edits: [
      {
        file: FILE,
        find: 'const settled = history.some((one, index) => one.settlement && saw(index, firstIndex) && saw(index, secondIndex))',
        replace: 'const settled = history.some((one) => one.settlement)',
      },
    ],
  },
  {
    family,
    name: 'names one dispute of a mark and no more',
    edits: [
      {
        file: 'src/domain/attendance/fold.ts',
        find: 'return disputesOf(history, sameMark).map(',
        replace: 'return disputesOf(history, sameMark).slice(0, 1).map(',
      },
    ],
  },
  {
    family,
    name: 'counts the first attempt at a part',
    edits: [
      {
        file: 'src/domain/assessment/outcome.ts',
        find: 'return (lookup(assessment.scores, traineeId) ?? []).filter((record) => record.part === part).at(-1)',
        replace: 'return (lookup(assessment.scores, traineeId) ?? []).filter((record) => record.part === part).at(0)',
      },
    ],
  },
]
