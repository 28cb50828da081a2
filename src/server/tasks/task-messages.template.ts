// What the tasks say, in Chinese and English. Nothing is done here.

const both = (zh: string, en: string) => `${zh}\n${en}`

export const taskMessages = {
  unknown: (name: string, known: string) =>
    both(`没有任务“${name}”；可用：${known}。`, `There is no task "${name}"; known are: ${known}.`),
  noLedger: (dataDir: string) => both(`${dataDir} 中没有数据。`, `${dataDir} holds no ledger.`),
  administratorUsage: () => both('用法：create-administrator 账号 姓名', 'usage: create-administrator ACCOUNT NAME'),
  administratorMade: (account: string) =>
    both(
      `已新建管理员 ${account}，PIN 见下行，只显示这一次。`,
      `Administrator ${account} was made; the PIN is in the next line and shown only this once.`,
    ),
  administratorRefused: (code: string) => both(`未能新建管理员：${code}`, `The administrator was not made: ${code}`),
  ledgerProven: (count: number) => both(`账本完好，共 ${count} 条。`, `The ledger proves itself: ${count} entries.`),
  ledgerFlawed: (where: string, flaw: string) =>
    both(`账本在${where}处有问题：${flaw}`, `The ledger is not whole at ${where}: ${flaw}`),
  projectionsRebuilt: (count: number) => both(`已重新整理 ${count} 条。`, `Folded ${count} entries again.`),
} as const
