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
  wrongDatabaseUrl: () =>
    both(
      'DATABASE_URL 的值不对：应为 postgres://账号:密码@主机:端口/数据库。',
      'DATABASE_URL cannot be read: it takes postgres://USER:PASSWORD@HOST:PORT/DATABASE.',
    ),
  storeFailed: (reason: string) =>
    both(
      `数据打不开或写不了：${reason}。什么也没有改动。`,
      `The data cannot be opened or written: ${reason}. Nothing was changed.`,
    ),
  keysDoNotFit: () =>
    both('密钥与账本不是一套，什么也没有改动。', 'The keys are not those of the ledger; nothing was changed.'),
  backupUsage: () => both('用法：backup [文件]', 'usage: backup [FILE]'),
  backupFileTaken: (file: string) =>
    both(
      `${file} 已存在，不会覆盖，请另取文件名。`,
      `${file} is there already and is not overwritten; name another file.`,
    ),
  backupFolderMissing: (folder: string) =>
    both(
      `不能写入 ${folder}：请检查该目录及其权限。`,
      `${folder} cannot be written: check that folder and its permissions.`,
    ),
  backedUp: (file: string, count: number) =>
    both(
      `已备份 ${count} 条并逐条核对：${file}。文件内含密钥，请像密钥一样保管。`,
      `${count} entries are backed up and proved link by link: ${file}. The file holds the keys; guard it like them.`,
    ),
  backupFlawed: (where: string, flaw: string) =>
    both(`备份不完好（${where}：${flaw}），未采用。`, `The backup is not whole (${where}: ${flaw}) and was not used.`),
  restoreUsage: () => both('用法：restore 文件', 'usage: restore FILE'),
  notABackup: (file: string) => both(`${file} 不是备份文件，或已损坏。`, `${file} is no backup file, or is damaged.`),
  serverRuns: () => both('服务正在运行，请先停止它再恢复。', 'The server is running; stop it first, then restore.'),
  otherFacility: () =>
    both(
      '备份属于另一个机构，这里已有数据。请用 DATA_DIR 另选一个空目录。',
      'The backup is of another facility, and there are data here. Choose an empty folder with DATA_DIR.',
    ),
  othersInDatabase: () =>
    both(
      '数据库中还有别的机构，不能整体换回。请恢复到另一个数据库。',
      'The database holds other facilities too, so it cannot be exchanged as a whole. Restore into another database.',
    ),
  restored: (count: number, aside: string | null) =>
    both(
      `已恢复 ${count} 条${aside === null ? '' : `；原有数据保留在 ${aside}`}。平板下次同步时会补传缺少的部分。`,
      `${count} entries are restored${aside === null ? '' : `; what was there is kept in ${aside}`}. Tablets send what is missing when they next sync.`,
    ),
  notARescueFile: both(
    '用法：import-rescue 文件；这个文件不是平板存出的记录。',
    'usage: import-rescue FILE; this is no file of records saved by a tablet.',
  ),
  rescueRefused: (code: string) =>
    both(
      `没有导入完：${code}。同一个文件可以再导入一次，不会重复。`,
      `Not all was taken in: ${code}. The same file may be imported again; nothing is doubled.`,
    ),
  rescueTaken: ({
    recorded,
    duplicate,
    refused,
    held,
  }: Readonly<Record<'recorded' | 'duplicate' | 'refused' | 'held', number>>) =>
    both(
      `已记 ${recorded} 条，早已在站点 ${duplicate} 条，不能接受 ${refused} 条，待升级后处理 ${held} 条。`,
      `${recorded} recorded, ${duplicate} were here before, ${refused} refused, ${held} held until an upgrade.`,
    ),
  projectionsRebuilt: (count: number) => both(`已重新整理 ${count} 条。`, `Folded ${count} entries again.`),
} as const
