/**
 * Every sentence the set-up scripts say, in Chinese and English. Nothing is done here.
 * A sentence about a failure says what is missing and what to do about it.
 */

/** @param {string} zh @param {string} en */
const both = (zh, en) => `${zh}\n${en}`

export const messages = {
  installingRuntime: (version) =>
    both(`正在取得 Node ${version}（只需一次，约 190 MB）……`, `Fetching Node ${version} (once, about 190 MB) …`),
  noRuntimeForPlatform: (platform, found) =>
    both(
      `本机是 Node ${found}（${platform}），请先安装 Node 24 LTS（22.18 以上也可），再运行一次。`,
      `This machine has Node ${found} (${platform}); please install Node 24 LTS (22.18 or later will do) and run the command again.`,
    ),
  runtimeDoesNotRun: (platform) =>
    both(
      `取得的 Node 24 在本机（${platform}）无法运行，请先安装 Node 24 LTS，再运行一次。`,
      `The Node 24 just fetched does not run on this machine (${platform}); please install Node 24 LTS and run the command again.`,
    ),
  installing: (scope) =>
    scope === 'all'
      ? both('正在安装依赖（含测试工具）……', 'Installing packages (with the test tools) …')
      : both('正在安装依赖……', 'Installing packages …'),
  building: () => both('正在构建页面……', 'Building the pages …'),
  buildFailed: () => both('页面构建失败，原因见上。', 'The pages could not be built; the reason is above.'),
  packing: () => both('正在打包……', 'Packing …'),
  packed: (file) => both(`已打包：${file}`, `packed: ${file}`),
  packFailed: () =>
    both(
      '没有打成包，原因见上（需要系统自带的 tar）。',
      'The archive was not made; the reason is above (it takes the tar of the system).',
    ),
  packageMissing: (name) =>
    both(
      `缺少软件包 ${name}，请先运行 npm start，再打包。`,
      `The package ${name} is missing; run npm start once, then pack again.`,
    ),
  starting: () => both('正在启动服务……', 'Starting the server …'),

  noNpm: () =>
    both(
      '找不到 npm，请安装 Node 24 LTS（自带 npm），再运行一次。',
      'npm was not found; please install Node 24 LTS (npm comes with it) and run the command again.',
    ),
  noNetwork: (what) =>
    both(
      `无法取得${what.zh}：连不上 npm 软件源。请接通网络，或用 npm config set registry 指定可用的软件源，再运行一次。`,
      `Could not fetch ${what.en}: the npm registry cannot be reached. Connect the network, or name a reachable one with npm config set registry, and run the command again.`,
    ),
  noSpace: (what) =>
    both(
      `无法取得${what.zh}：磁盘已满。请腾出约 1 GB，再运行一次。`,
      `Could not fetch ${what.en}: the disk is full. Free about 1 GB and run the command again.`,
    ),
  noPermission: (what) =>
    both(
      `无法取得${what.zh}：当前用户不能写入本目录。请换有权限的用户或目录，再运行一次。`,
      `Could not fetch ${what.en}: this user may not write here. Use a user or a folder with write permission and run the command again.`,
    ),
  lockOutOfStep: () =>
    both(
      'package-lock.json 与 package.json 不一致。请运行 npm install 并提交更新后的锁文件。',
      'package-lock.json and package.json disagree. Run npm install and commit the updated lock file.',
    ),
  fetchFailed: (what) =>
    both(`无法取得${what.zh}，npm 的说明见上。`, `Could not fetch ${what.en}; what npm said is above.`),

  installingBrowser: () =>
    both('没有找到 Chromium，正在安装（只需一次）……', 'No Chromium was found; installing it (once) …'),
  installingFonts: () => both('没有找到中文字体，正在安装……', 'No Chinese font was found; installing one …'),
  downloadingBrowser: () => both('正在下载测试用的 Chromium……', 'Downloading Chromium for the tests …'),
  noBrowser: () =>
    both(
      '没有可用的 Chromium：请安装 Chromium 或 Chrome，或用环境变量 CHROMIUM_PATH 指出它的位置，再运行一次。',
      'There is no usable Chromium: install Chromium or Chrome, or point the environment variable CHROMIUM_PATH at one, and run the command again.',
    ),
  badBrowserPath: (path) =>
    both(`CHROMIUM_PATH 指向的 ${path} 无法运行。`, `CHROMIUM_PATH names ${path}, which does not run.`),

  unknownTask: (name, known) =>
    both(`不认识“${name}”；可用：${known}。`, `"${name}" is not known; known are: ${known}.`),
  checkPassed: (name, seconds) => `ok    ${name}  ${seconds} s`,
  checkFailed: (name, seconds) => `FAIL  ${name}  ${seconds} s`,
  noTestsRan: (name) => `FAIL  ${name}: no test ran / 没有运行任何测试`,
  notAllowedToSkip: (name, count) =>
    `FAIL  ${name}: ${count} skipped or to-do (counted as failed) / 有测试被跳过（按失败计）`,
  runnerFailed: (name) => `FAIL  ${name}: the test runner reported an error outside the tests / 测试之外出现错误`,
}

/** What is being fetched, named in both languages for the sentences above. */
export const fetched = {
  runtime: { zh: ' Node 24', en: 'Node 24' },
  packages: { zh: '依赖', en: 'the packages' },
}
