// What the server says on the console, in Chinese and English. Nothing is done here.

const both = (zh: string, en: string) => `${zh}\n${en}`

/** Someone who can sign in on the demonstration. */
export interface PrintedAccount {
  readonly account: string
  readonly pin: string
  readonly roleName: { readonly zh: string; readonly en: string }
}

export const consoleMessages = {
  wrongSetting: (name: string) =>
    both(`无法识别的设置：${name}。请看 README。`, `Not a setting this program knows: ${name}. See the README.`),
  wrongPort: (value: string) =>
    both(
      `PORT 的值“${value}”不对：应为 0 至 65535 的整数，例如 PORT=8081。`,
      `PORT cannot be "${value}": it takes a whole number from 0 to 65535, for example PORT=8081.`,
    ),
  wrongValue: (name: string, value: string) =>
    both(`${name} 的值“${value}”不对，请看 README。`, `${name} cannot be "${value}". See the README.`),
  otherDataIsThere: (dataDir: string, found: { readonly name: string; readonly isDemonstration: boolean }) => {
    const { name, isDemonstration } = found
    const zh = name === '' ? '尚未完成设置的机构' : `${isDemonstration ? '演示' : '正式'}数据（${name}）`
    const en =
      name === '' ? 'a facility not yet set up' : `${isDemonstration ? 'the demonstration' : 'the ledger of'} ${name}`
    return both(
      `${dataDir} 中已有${zh}，不会改动它。去掉 --demo 即可打开；要载入所选的演示，请用 DATA_DIR 另选一个目录，例如 DATA_DIR=./data-demo。`,
      `${dataDir} already holds ${en}, which is left alone. Start without --demo to open it, or choose another folder for the demonstration, for example DATA_DIR=./data-demo.`,
    )
  },
  noProvince: () => both('本版本还不含省级服务器。', 'The provincial server is not included in this version yet.'),
  ledgerIsThere: (dataDir: string) =>
    both(
      `${dataDir} 中已有数据，不能用 --empty 启动。去掉 --empty 就能打开它；要另开一个，请换一个 DATA_DIR。`,
      `${dataDir} already holds a ledger, so --empty is refused. Start without --empty to open it, or name another DATA_DIR.`,
    ),
  keysAreMissing: (dataDir: string) =>
    both(
      `${dataDir} 中有数据但缺少密钥（keys/server.json）。请从备份恢复密钥后再启动。`,
      `${dataDir} holds a ledger but its keys (keys/server.json) are missing. Put them back from a backup, then start again.`,
    ),
  keysAreBroken: (dataDir: string) =>
    both(
      `${dataDir}/keys/server.json 已损坏，请从备份恢复。`,
      `${dataDir}/keys/server.json is damaged; put it back from a backup.`,
    ),
  storeIsBroken: (dataDir: string) =>
    both(
      `${dataDir} 中的数据文件已损坏或无法写入，请从备份恢复。`,
      `The data file in ${dataDir} is damaged or cannot be written; restore it from a backup.`,
    ),
  storeIsFull: () => both('磁盘已满，请腾出空间后再启动。', 'The disk is full; free some space and start again.'),
  storeIsBusy: () =>
    both('数据文件正被另一个程序使用，请先关闭它。', 'Another program is using the data file; close it first.'),
  wrongDatabaseUrl: () =>
    both(
      'DATABASE_URL 的值不对：应为 postgres://账号:密码@主机:端口/数据库。',
      'DATABASE_URL cannot be read: it takes postgres://USER:PASSWORD@HOST:PORT/DATABASE.',
    ),
  databaseIsAway: () =>
    both(
      '连不上 DATABASE_URL 指定的 PostgreSQL：请检查地址、账号，并确认数据库已启动。',
      'The PostgreSQL that DATABASE_URL names cannot be reached: check its address and account, and that it is running.',
    ),
  databaseIsUnsafe: () =>
    both(
      'DATABASE_URL 指定的 PostgreSQL 不可用：须为 15 以上版本、UTF8 编码，且 fsync、full_page_writes、synchronous_commit 均为 on。',
      'The PostgreSQL that DATABASE_URL names cannot be used: it must be version 15 or later, in UTF8, with fsync, full_page_writes and synchronous_commit on.',
    ),
  databaseHasOtherKeys: (dataDir: string) =>
    both(
      `数据库中的账本属于另一套密钥，而 ${dataDir}/keys/server.json 不是。请把另一台实例的 keys 目录复制到这里，或换一个数据库。`,
      `The ledger in the database belongs to other keys than ${dataDir}/keys/server.json. Copy the keys folder of the other instance here, or use another database.`,
    ),
  noDataDir: (dataDir: string) =>
    both(
      `无法使用数据目录 ${dataDir}：请检查权限，或用 DATA_DIR 另选一个。`,
      `The data folder ${dataDir} cannot be used: check its permissions or choose another with DATA_DIR.`,
    ),
  portTaken: (port: number) =>
    both(
      `端口 ${port} 已被占用，请关闭占用它的程序，或用 PORT 另选一个。`,
      `Port ${port} is taken; close the program that uses it or choose another with PORT.`,
    ),
  httpsPortTaken: (port: number) =>
    both(
      `https 端口 ${port} 已被占用，请关闭占用它的程序，或用 HTTPS_PORT 另选一个（0 为不开 https）。`,
      `The https port ${port} is taken; close the program that uses it or choose another with HTTPS_PORT (0 for no https).`,
    ),
  noHttps: (port: number) =>
    both(
      `https 端口 ${port} 已被占用，这次不开 https；本机仍可用 localhost。要用 https，请用 HTTPS_PORT 另选一个端口。`,
      `The https port ${port} is taken, so there is no https this time; localhost on this machine works without. For https choose another port with HTTPS_PORT.`,
    ),
  backupFailed: (folder: string) =>
    both(
      `夜间备份没有做成，一小时后再试：请检查 BACKUP_DIR（${folder}）在不在、能不能写、空间够不够；要看原因，运行 npm run task -- backup。`,
      `The nightly backup failed and is tried again in an hour: check that BACKUP_DIR (${folder}) is there, can be written and has space; npm run task -- backup tells more.`,
    ),
  leafFailed: () =>
    both(
      '无法更新 https 证书，暂时沿用原来的。请检查数据目录的权限和空间。',
      'The https certificate could not be made anew; the one before is used. Check the permissions and space of the data folder.',
    ),
  rootIsBroken: (dataDir: string) =>
    both(
      `${dataDir}/keys/root.json 已损坏，请从备份恢复。若没有备份：删除它再启动，会生成新的根证书，每台平板都要重新安装。`,
      `${dataDir}/keys/root.json is damaged; put it back from a backup. Without one, remove it and start: a new root is made, which every tablet must install anew.`,
    ),
  readyHttps: (url: string, trustUrl: string) =>
    both(
      `平板请用：${url}（先在平板上打开 ${trustUrl} 安装本单位的根证书）`,
      `tablets: ${url} (first install this place's root certificate from ${trustUrl} on the tablet)`,
    ),
  portForbidden: (port: number) =>
    both(
      `不允许使用端口 ${port}，请用 PORT 另选一个大于 1024 的端口。`,
      `Port ${port} is not allowed; choose one above 1024 with PORT.`,
    ),
  hostUnknown: (host: string) =>
    both(`本机没有地址 ${host}，请改正 HOST。`, `This machine has no address ${host}; correct HOST.`),
  loadingDemonstration: () => both('正在载入演示数据……', 'Loading the demonstration …'),
  loadingCatalogue: () => both('正在载入工种目录……', 'Loading the occupation catalogue …'),
  foldingAgain: () => both('程序已更新，正在重新整理数据……', 'The program was updated; folding the ledger again …'),
  ready: (url: string) => both(`已就绪：${url}`, `ready: ${url}`),
  accounts: (accounts: readonly PrintedAccount[], accountsFile: string) =>
    [
      both('演示账号（仅供演示）：', 'Demonstration accounts (for the demonstration only):'),
      ...accounts.map(
        ({ account, pin, roleName }) => `  ${account.padEnd(10)} PIN ${pin}   ${roleName.zh} / ${roleName.en}`,
      ),
      both(`学员编号与个人码：${accountsFile}`, `Trainees' numbers and codes: ${accountsFile}`),
    ].join('\n'),
  joinCode: (url: string, code: string) =>
    both(
      `在要加入的设备上打开 ${url}/join，输入加入码 ${code}（10 分钟内有效，只能用一次）`,
      `Open ${url}/join on the device that is to join and type ${code} (10 minutes, one use)`,
    ),
  stopping: () => both('正在停止……', 'stopping …'),
} as const
