// What the stores of this device have to say: a loss, a window elsewhere, storage the browser may drop, a file to carry to the site.
export const storage = {
  area: '本机存储',
  bothLost: {
    title: '这台设备上的记录不见了',
    text: '这台设备存过 {count} 条记录，两份存储都没有了。已到站点的都在站点。请管理员给一个加入码，在这台设备上重新加入；加入后记录会取回来，站点会说清缺几条。',
    kept: '第二份存储里还有前 {count} 条，请先存成文件，交给技术员。',
    action: '去重新加入',
  },
  rebuilt: {
    title: '一份存储坏了，已经用另一份恢复',
    text: '没有丢记录，可以照常点名。本机换了新的密钥，下次同步时自动告诉站点，管理员在“设备”里确认。请把这件事告诉技术员。',
    filesText: '没有丢记录，可以照常点名。请把这件事告诉技术员。',
    action: '知道了',
  },
  broken: {
    title: '本机的存储打不开',
    text: '现在不能记录。请关掉浏览器重新打开；还不行，请先把没上传的存成文件交给技术员。不要清除网站数据。',
  },
  elsewhere: {
    text: '另一个窗口正在用这台设备的记录。这个窗口可以看；要记录，请在这里继续。',
    action: '在这里继续',
    noAnswer: '另一个窗口没有回答。请关掉它，再试一次。',
  },
  gate: {
    'not-kept': {
      title: '这台平板还不能点名',
      text: '浏览器没有答应长期保存记录，空间紧张时可能清掉。请把新程装到主屏幕（浏览器菜单里的“安装”），从主屏幕打开，再按“再看一次”。装不了时，请管理员在本机登录，打开这一页或“设备状况”，允许在这台平板上点名。',
    },
    'no-space': {
      title: '这台平板空间不够，不能开始点名',
      text: '只剩 {mb} MB。请删去照片、视频等别的文件，再按“再看一次”。以前的记录都在。',
    },
    look: '再看一次',
    allow: '允许在这台平板上点名',
    allowText: '会记下是谁允许的；浏览器答应长期保存后自动失效。',
    low: '这台平板只剩 {mb} MB 空间，请尽快腾出空间。',
  },
  rescue: {
    title: '存成文件',
    text: '把 {count} 条没上传的记录存成文件，交给技术员导入站点。记录仍在本机。',
    action: '存成文件',
    done: '已存成文件，共 {count} 条。请交给技术员。',
    nothing: '没有要存的记录。',
  },
  devices: {
    title: '设备的事要确认',
    key: '“{label}”丢了密钥，已用新的密钥继续，记录没有缺。请核对这台设备还在本单位，再确认。',
    confirmKey: '是本单位的设备，确认',
    loss: '“{label}”两份存储都丢了，存过的记录缺 {count} 条，站点没有。请问当班的人补记，再确认。',
    acceptLoss: '已经知道，确认',
  },
  entry: '允许在这台平板上点名',
} as const
