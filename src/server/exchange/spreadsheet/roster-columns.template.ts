// The words of a roster file: the headers of our own template, the other headers in use, and the words inside cells.
// Text only; how it is matched is in roster-columns.ts.

/** What a roster column can mean; `ignored` columns are known but not read. */
export type RosterField =
  | 'name'
  | 'sex'
  | 'ethnicity'
  | 'bornOn'
  | 'education'
  | 'idNumber'
  | 'facilityNumber'
  | 'ward'
  | 'termEndsOn'
  | 'household'
  | 'employmentIntent'
  | 'workCapable'
  | 'remark'

/** One column: the header we print, and the others we understand (compared without blanks and brackets). */
export interface RosterColumnWords {
  readonly field: RosterField
  readonly header: string
  readonly synonyms: readonly string[]
  readonly note: string
}

/** The columns of the import template, in printing order. */
export const rosterColumnWords: readonly RosterColumnWords[] = [
  {
    field: 'name',
    header: '姓名',
    synonyms: ['学员姓名', '人员姓名', '罪犯姓名', '戒毒人员姓名', '姓名全称'],
    note: '必填。少数民族姓名中的点用“·”，最多 60 个字。',
  },
  { field: 'sex', header: '性别', synonyms: [], note: '男 或 女。留空时按身份证号码读取。' },
  { field: 'ethnicity', header: '民族', synonyms: [], note: '可不填。' },
  {
    field: 'bornOn',
    header: '出生日期',
    synonyms: ['出生年月日', '出生年月', '生日'],
    note: '如 1990-01-01。留空时按身份证号码读取。',
  },
  { field: 'education', header: '文化程度', synonyms: ['学历', '文化'], note: '可不填。' },
  {
    field: 'idNumber',
    header: '身份证号码',
    synonyms: [
      '身份证号',
      '身份证',
      '公民身份号码',
      '公民身份证号码',
      '居民身份证号码',
      '居民身份证号',
      '证件号码',
      '证件号',
    ],
    note: '18 位，单元格格式须为“文本”。没有身份证的写“无身份证”。',
  },
  {
    field: 'facilityNumber',
    header: '罪犯编号/戒毒人员编号',
    synonyms: ['罪犯编号', '戒毒人员编号', '服刑人员编号', '人员编号', '学员编号', '编号', '番号', '罪犯番号', '狱号'],
    note: '必填，本单位内不重复，最多 32 个字。',
  },
  {
    field: 'ward',
    header: '监区/大队',
    synonyms: ['监区', '大队', '分监区', '所在监区', '所在大队', '监区大队', '中队'],
    note: '可不填。',
  },
  {
    field: 'termEndsOn',
    header: '余刑/余期截止日',
    synonyms: [
      '刑满日期',
      '期满日期',
      '刑满释放日期',
      '释放日期',
      '刑期止日',
      '刑期截止日',
      '刑期止',
      '止日',
      '余刑截止日',
      '余期截止日',
      '余刑截止日期',
      '余期截止日期',
      '余刑/余期截止日期',
      '戒毒期满日期',
      '强戒期满日期',
      '解除日期',
      '解戒日期',
      '到期日期',
    ],
    note: '必填。照法律文书上的日期填写，如 2027-03-09，不要自己推算。',
  },
  {
    field: 'household',
    header: '户籍地',
    synonyms: ['户籍', '户籍所在地', '户口所在地', '籍贯', '家庭住址'],
    note: '可不填。',
  },
  { field: 'employmentIntent', header: '就业意向', synonyms: ['就业意愿', '就业去向', '求职意向'], note: '可不填。' },
  {
    field: 'workCapable',
    header: '有劳动能力',
    synonyms: ['劳动能力', '是否有劳动能力', '有无劳动能力', '具有劳动能力'],
    note: '是 或 否。',
  },
  { field: 'remark', header: '备注', synonyms: ['说明', '附注'], note: '可不填。' },
]

/** Headers that are known and not read, so that they raise no question. */
export const ignoredHeaders: readonly string[] = [
  '序号',
  '年龄',
  '培训工种',
  '培训等级',
  '培训工种项目',
  '等级',
  '联系电话',
  '学员签名',
  '户口性质',
]

/** Cell words. Compared after blanks are taken out and wide forms made narrow. */
export const rosterWords = {
  male: ['男', '男性', 'M', 'MALE', '1男'],
  female: ['女', '女性', 'F', 'FEMALE', '2女'],
  yes: ['是', '有', '有劳动能力', '具有', '具备', '具有劳动能力', '正常', 'Y', 'YES', 'TRUE', '1', '√'],
  no: ['否', '无', '没有', '无劳动能力', '不具有', '不具备', '丧失劳动能力', '丧失', 'N', 'NO', 'FALSE', '0', '×'],
  noIdNumber: [
    '无身份证',
    '无',
    '无身份证号',
    '无身份证号码',
    '没有',
    '没有身份证',
    '不详',
    '身份不明',
    '--',
    '-',
    '/',
    '——',
    '—',
  ],
  blank: ['--', '—', '——', '/', '无'],
} as const

/** The written date of people: year, month and day words. */
export const dateWords = { year: '年', month: '月', day: /[日号]$/ } as const
