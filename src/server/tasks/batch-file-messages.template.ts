// What the task import-batch says, in Chinese and English. Nothing is done here.
import type { BatchFileReport } from '#contract/batch-import.ts'
import type { ProblemCode } from '#contract/problem.ts'

const both = (zh: string, en: string) => `${zh}\n${en}`

const REASONS: Partial<Record<ProblemCode, readonly [zh: string, en: string]>> = {
  'not-a-batch-file': ['这不是新程的交换文件。', 'This is no exchange file of Xincheng.'],
  'batch-file-newer': [
    '文件来自更新的版本，请先更新站点。',
    'The file comes from a newer version; update the site first.',
  ],
  'batch-file-too-large': ['文件或其内容超过上限。', 'The file or its content is beyond the limit.'],
  'batch-file-incomplete': ['文件不完整，请重新拷贝一次。', 'The file is not whole; copy it again.'],
  'batch-file-damaged': [
    '文件损坏或被改动，请重新拷贝或重新导出。',
    'The file is damaged or was changed; copy or export it again.',
  ],
  'batch-file-wrong-way': [
    '这是给平板的回执文件，请在平板上读入。',
    'This is an answer for a tablet; read it in there.',
  ],
  'batch-file-other-facility': ['文件写的是另一个单位，或已损坏。', 'The file names another facility, or is damaged.'],
  'batch-file-unknown-device': [
    '站点不认识导出它的平板，或文件已损坏。',
    'The site does not know the tablet that made it, or the file is damaged.',
  ],
  'batch-file-other-recipient': ['文件不是加密给这个站点的。', 'The file is not sealed to this site.'],
  'batch-file-unreadable': [
    '文件是真的，但内容读不懂，请更新站点。',
    'The file is authentic, but its content cannot be read; update the site.',
  ],
  'chain-forked': [
    '这台平板有两份不同的历史，已隔离，两份都已保留。',
    'This tablet has two histories; it is quarantined and both are kept.',
  ],
  'chain-gap': [
    '站点缺少更早的记录：把回执带回平板，再导出一次。',
    'The site lacks earlier records: take the answer to the tablet and export again.',
  ],
  'chain-broken': [
    '记录接不上：把回执带回平板，再导出一次。',
    'The records do not follow: take the answer to the tablet and export again.',
  ],
}

const ORDERS: Readonly<Record<BatchFileReport['order'], readonly [zh: string, en: string]>> = {
  next: ['', ''],
  again: ['这个文件以前读入过。', 'This file was read in before.'],
  older: ['这台平板较新的文件已经读入。', 'A newer file of this tablet was read in already.'],
  skipped: [
    '这台平板较早的文件没有读入；没有回执的记录会再次导出。',
    'Earlier files of this tablet were not read in; records without a receipt are exported again.',
  ],
  twin: [
    '同一编号已有另一个文件：平板可能重建过，也可能被复制，请核对。',
    'Another file has this number: the tablet may have been rebuilt, or copied. Look into it.',
  ],
}

export const batchFileMessages = {
  usage: () =>
    both('用法：import-batch 文件 [--answer 回执文件] [--try]', 'usage: import-batch FILE [--answer FILE] [--try]'),
  noFile: (file: string) => both(`找不到文件 ${file}。`, `There is no file ${file}.`),
  refused(code: ProblemCode): string {
    const [zh, en] = REASONS[code] ?? [code, code]
    return both(`没有读入，什么也没有写：${zh}`, `Not read in, and nothing was written: ${en}`)
  },
  answerNotWritten: () =>
    both(
      '已读入，但回执文件没有写成。请检查介质，再读入一次同一文件。',
      'Read in, but the answer could not be written. Check the medium and import the same file again.',
    ),
  imported(
    report: Omit<BatchFileReport, 'answer' | 'deviceLabel' | 'problem'>,
    problem: ProblemCode | null,
    answerName: string | null,
  ): string {
    const { newCount, knownCount, refusedCount, heldCount, notesCount, order, written } = report
    const [orderZh, orderEn] = ORDERS[order]
    const [problemZh, problemEn] = problem === null ? ['', ''] : (REASONS[problem] ?? [problem, problem])
    const heads = written ? ['已读入', 'Read in'] : ['试读，没有写入', 'Tried out, nothing written']
    const answerZh = answerName === null ? '' : `回执 ${answerName}。`
    const answerEn = answerName === null ? '' : ` Answer ${answerName}.`
    return both(
      `${heads[0]}：新 ${newCount}，已有 ${knownCount}，拒收 ${refusedCount}，暂存 ${heldCount}，备注 ${notesCount}。${orderZh}${problemZh}${answerZh}`,
      `${heads[1]}: ${newCount} new, ${knownCount} known, ${refusedCount} refused, ${heldCount} held, ${notesCount} notes. ${orderEn}${orderEn === '' ? '' : ' '}${problemEn}${answerEn}`,
    )
  },
} as const
