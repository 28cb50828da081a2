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
  noProvince: () => both('本版本还不含省级服务器。', 'The provincial server is not included in this version yet.'),
  ledgerIsThere: (dataDir: string) =>
    both(`${dataDir} 中已有数据，不能用 --empty 启动。`, `${dataDir} already holds a ledger, so --empty is refused.`),
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
