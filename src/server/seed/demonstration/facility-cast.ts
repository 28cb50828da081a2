// Who works at the demonstration facility and what it owns. The PINs stand in the README; they open nothing but fictional data.

/** Which of the two facilities is shown. */
export type DemonstrationChoice = 'prison' | 'rehab'

export const FACILITIES = {
  prison: { name: '示例监狱', facilityKind: 'prison', cityCode: '340100' },
  rehab: { name: '示例强制隔离戒毒所', facilityKind: 'rehabCenter', cityCode: '340100' },
} as const

export const PROVIDERS = [
  {
    key: 'wp',
    code: 'WP',
    name: '示例职业培训学校',
    qualification: '民办职业技能培训学校办学许可证（示例）',
    skillLevels: [5, 4],
  },
  {
    key: 'jg',
    code: 'JG',
    name: '示例技工学校',
    qualification: '技工学校办学许可证（示例）',
    skillLevels: [5, 4],
  },
] as const

export const STAFF = [
  {
    key: 'admin1',
    account: 'admin1',
    pin: '802511',
    staffRole: 'administrator',
    provider: null,
    displayName: '管教民警甲',
  },
  {
    key: 'admin2',
    account: 'admin2',
    pin: '802512',
    staffRole: 'administrator',
    provider: null,
    displayName: '管教民警乙',
  },
  {
    key: 'teacher1',
    account: 'teacher1',
    pin: '802521',
    staffRole: 'instructor',
    provider: 'wp',
    displayName: '教师甲',
  },
  {
    key: 'teacher2',
    account: 'teacher2',
    pin: '802522',
    staffRole: 'instructor',
    provider: 'wp',
    displayName: '教师乙',
  },
  {
    key: 'teacher3',
    account: 'teacher3',
    pin: '802523',
    staffRole: 'instructor',
    provider: 'jg',
    displayName: '教师丙',
  },
] as const

export type StaffKeyName = (typeof STAFF)[number]['key']

export const ROOMS = [
  { key: 'kitchen', name: '烹饪实训室', seats: 40 },
  { key: 'sewing', name: '缝纫实训车间', seats: 60 },
  { key: 'hall', name: '多功能教室', seats: 80 },
] as const
