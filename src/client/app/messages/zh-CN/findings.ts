import type { FindingCode } from '#domain/shared/finding.ts'

// One sentence for each finding of a fold, keyed by its code: what looks odd and what to do. A code without a sentence does not compile.
export const findings = {
  'attendance/contested': '两个人对同一人同一次课记得不一样。请核对后定下一种。',
  'attendance/not-on-roster': '记了不在名册上的人。请核对是否点错，或补办编入。',
  'attendance/after-withdrawal': '退班以后还有出勤记录。请核对退班日期或这条记录。',
  'attendance/head-count-differs': '点到的人数和报数不一样。请核对当天的情况。',
  'attendance/author-disabled': '记录到站点时，记的人已经停用。可能是停用以前记的：请核对后决定是否采信。',
  'assessment/author-disabled': '成绩到站点时，录的人已经停用。可能是停用以前录的：请核对后决定是否采信。',
  'attendance/session-cancelled': '已取消的课次有出勤记录。请核对课表。',
  'assessment/contested': '两个人对同一科同一次考核记的成绩不一样。请核对后定下一种。',
  'assessment/not-on-roster': '给不在名册上的人记了成绩。请核对是否记错人。',
  'assessment/after-completion': '结业以后又来了成绩。请核对是否需要做补充名单。',
  'attendance/after-completion': '结业以后又来了出勤记录。请核对是否影响学时。',
  'enrollment/term-ends-before-class': '期限在班期结束以前就满。请核对能否学完。',
  'device/key-unconfirmed': '这台设备换了新的密钥，还没有人确认。请核对设备还在本单位。',
  'device/chain-forked': '这台设备有两份不同的历史。请核对它的数据是否被复制或还原过，再解除隔离。',
  'device/entries-missing': '这台设备丢了存过的记录，站点也没有。请问当班的人补记。',
} as const satisfies Record<FindingCode, string>
