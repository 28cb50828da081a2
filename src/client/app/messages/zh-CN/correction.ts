// Correcting what was written wrongly: who somebody is, what the facility is called, and characters a certificate cannot print.
export const correction = {
  printing: {
    title: '有字在证书上印不出来',
    lead: '证书的印刷字库没有这些字，改好以前不能发他们的证书；别的人不受影响。',
    person: '{name}（编号 {number}）：姓名里的“{character}”（{codePoint}）',
    more: '还有 {count} 人，见“证书”。',
    correct: '更正姓名',
    correctOf: '更正姓名：{name}',
    place: {
      issuerName:
        '培训机构“{name}”的名称里的“{character}”（{codePoint}）印不出来，整个班都发不了证。请在“设置 › 机构”里改名称。',
      occupationName: '工种“{name}”的名称里的“{character}”（{codePoint}）印不出来，整个班都发不了证。请告诉技术员。',
    },
    howto: '请对照证件：证件上是规范字的，更正姓名；确实是这个字的，先给别人发证，他的以后再发。',
    whenEnrolled: '姓名里的“{character}”（{codePoint}）在证书上印不出来',
    provider:
      '名称里的“{character}”（{codePoint}）在证书上印不出来。这样保存以后，这家机构的班发不了证；请改用规范字。',
    facility:
      '名称里的“{character}”（{codePoint}）不在常用字库里。证书上没有单位名称，不受影响；表格由办公电脑的字库打印，请打一张看看。',
    heldAsk: '另有 {count} 人姓名里有字印不出来，这次不发，也不占编号：',
    heldDone: '已发 {count} 张；{held} 人姓名里有字印不出来，没有发',
    stateHeld: '有字印不出来',
    noneLeft: '没有现在能印的证书。请先更正下面的姓名。',
    no: {
      person:
        '有 {count} 人姓名里有印刷字库没有的字，如“{character}”（{codePoint}），一张都没有发。请先更正姓名，再发证。',
      issuerName:
        '培训机构的名称里的“{character}”（{codePoint}）印刷字库里没有，一张都没有发。请在“设置 › 机构”里改名称，再发证。',
      occupationName: '工种的名称里的“{character}”（{codePoint}）印刷字库里没有，一张都没有发。请告诉技术员。',
      other: '证书上的“{character}”（{codePoint}）印刷字库里没有，一张都没有发。请告诉技术员。',
    },
  },
  identity: {
    action: '更正姓名',
    title: '更正姓名或身份证号',
    lead: '照证件更正。谁、什么时候、为什么改，记入账本；姓名本身只在加密的身份库里。',
    name: '姓名',
    idNumber: '身份证号',
    idHint: '没有就空着。性别和出生日期在“变更事实”里更正。',
    why: '为什么更正',
    reason: {
      'typing-error': '录入有误',
      'rare-character': '生僻字改用规范字',
      'changed-by-law': '依法更改',
      other: '其他',
    },
    issued:
      '已经发出的证书不受影响，仍是原来的姓名：{numbers}。要换新的，先到班级“证书”里作废（原因选“姓名有误”），再发证。',
    noneIssued: '以后发的证书和打印的表格用更正后的内容。',
    trouble: { name: '请写姓名，最多 60 个字。', idNumber: '身份证号最多 18 位。' },
    unprintable:
      '“{character}”（{codePoint}）在证书上印不出来。证件上确实是这个字，就照写；他的证书要等字库有了这个字才能发。',
    unchanged: '和现在一样，没有要更正的。',
    done: '已更正',
    history: '更正经过',
    line: '{day} {fields}，{reason}，{who}',
    field: { name: '姓名', idNumber: '身份证号' },
  },
  facility: {
    part: '单位',
    heading: '本单位',
    lead: '改动记入账本。以后生成的表格用新的名称；已经发出的证书和打印好的表格不变。',
    name: '单位名称',
    city: '所在市',
    kind: '单位类别',
    id: '单位编号',
    never:
      '单位类别、单位编号和“演示数据”的标记建立以后永远不变：谁能参加培训、每条记录的签名都以它们为准。类别选错了，请让技术员重新建立。',
    account: '账号建好以后也不变；工作人员的姓名在“人员”里改。',
    edit: '修改',
    changeTitle: '修改本单位资料',
    trouble: { name: '请写单位名称，最多 60 个字。', cityCode: '请选择所在市。' },
    unchanged: '和现在一样，没有要保存的。',
  },
  staff: {
    rename: '改姓名',
    renameOf: '改姓名：{name}',
    title: '改工作人员的姓名',
    lead: '账号和 PIN 不变。以前的记录和签名跟着人，显示新的姓名。',
    renamed: '姓名已改为 {name}',
  },
  provider: {
    kept: '改名以后发的证书用新名称；已经发出的证书仍是发证那天的名称，仍然可以查验。',
  },
} as const
