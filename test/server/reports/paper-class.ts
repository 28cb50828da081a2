// One small class with everything a paper can meet: a rare character, unknown facts, a formula for a name, absence, two certificates.
import type { AttendancePaperMark, ClassPaper, TraineePaper } from '#server/reports/paper/paper-input.ts'

const mark = (
  sessionKey: string,
  kind: AttendancePaperMark['mark'],
  leaveReason: AttendancePaperMark['leaveReason'] = null,
  madeUp = false,
): AttendancePaperMark => ({ sessionKey, mark: kind, leaveReason, madeUp })

/** A trainee who passed, changed where a test needs it. */
export function aTrainee(sequence: number, change: Partial<TraineePaper> = {}): TraineePaper {
  return {
    sequence,
    name: '石磊',
    sex: 'male',
    ethnicity: '汉族',
    bornOn: '1990-01-01',
    education: '初中',
    idNumber: '340100199001010011',
    facilityNumber: '0012',
    ward: '三监区',
    termEndsOn: '2027-03-09',
    household: '安徽省示例市',
    employmentIntent: '缝纫工',
    remark: null,
    examNumber: null,
    theory: 725,
    practical: 800,
    assessmentRemark: null,
    passed: true,
    marks: [],
    certificates: [
      {
        kind: 'training',
        number: `SLPX-2026-012-000${sequence}`,
        issuerName: '示例职业培训学校',
        issuedOn: '2026-11-25',
      },
    ],
    ...change,
  }
}

const trainees: readonly TraineePaper[] = [
  aTrainee(1, { marks: [mark('a', 'absent'), mark('b', 'late'), mark('c', 'excused', 'visit')] }),
  aTrainee(2, {
    name: '买买提·艾力',
    sex: 'female',
    ethnicity: null,
    education: null,
    idNumber: null,
    household: null,
    employmentIntent: null,
    ward: null,
    remark: '=1+1',
    theory: 599,
    passed: false,
    certificates: [],
    marks: [mark('a', 'leftEarly'), mark('c', 'excused', 'medical'), mark('d', 'absent', null, true)],
  }),
  aTrainee(3, {
    name: '=SUM(A1)',
    theory: 'absent',
    practical: null,
    passed: false,
    certificates: [],
  }),
  aTrainee(4, {
    name: '𠮷野',
    certificates: [
      { kind: 'skillLevel', number: 'S000034000001265000001', issuerName: '示例评价中心', issuedOn: '2026-11-26' },
      { kind: 'training', number: 'SLPX-2026-012-0004', issuerName: '示例职业培训学校', issuedOn: '2026-11-25' },
    ],
  }),
]

/** The class. */
export const classPaper: ClassPaper = {
  className: '缝纫工初级班',
  classNumber: '2026-012',
  occupationName: '缝纫工',
  skillLevelLabel: '五级/初级工',
  providerName: '示例职业培训学校',
  facilityName: '示例监狱',
  startedOn: '2026-06-15',
  endedOn: '2026-11-11',
  completedOn: '2026-11-12',
  classHours: 120,
  shortfall: null,
  trainees,
  printedOn: '2026-11-25',
  proofLine: '账本 4711 · 9f2c0a',
  demonstration: false,
  sessions: [
    { key: 'a', heldOn: '2026-06-15' },
    { key: 'b', heldOn: '2026-06-15' },
    { key: 'c', heldOn: '2026-06-30' },
    { key: 'd', heldOn: '2026-11-01' },
  ],
}
