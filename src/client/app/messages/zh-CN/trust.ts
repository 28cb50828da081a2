// How a tablet comes to trust the site: the root certificate, its fingerprint, and the steps of each system.
export const trust = {
  title: '安装根证书',
  heading: '让这台设备信任站点',
  lead: '每台设备只做一次。装好以后，断网也能打开，记录才能保存。',
  again: '再试一次',
  offline: { title: '站点连不上', text: '安装根证书要连着站点做。请检查网络，再试一次。' },
  none: {
    title: '站点没有开 https',
    text: '请技术员在站点电脑上设置 HTTPS_PORT，然后重新启动。在站点电脑上用 localhost 打开，不需要证书。',
  },
  download: {
    title: '第一步：下载',
    text: '文件名是 root.crt。里面只有公开的内容，没有密码，也没有任何人的信息。',
    key: '下载根证书',
  },
  name: '证书名称',
  until: '有效期到',
  fingerprint: 'SHA-256 指纹',
  compare: {
    title: '先核对，再安装',
    text: '请到站点电脑上，用 localhost 打开这一页，两边的指纹要一字不差。不一样就不要安装，并告诉技术员。',
  },
  install: '第二步：安装',
  systems: '这台设备的系统',
  warning:
    '浏览器警告“不安全”时不要点“继续”：那样能看到页面，但断网就打不开。请检查设备的日期和时间，再检查证书装好没有。',
  system: {
    android: {
      name: '安卓',
      1: '打开“设置”，搜索“证书”，进入“安装证书”（也叫“从存储设备安装”）。',
      2: '选择“CA 证书”，看到警告后点“仍然安装”，输入锁屏密码。没有锁屏密码的，先设置一个。',
      3: '在“下载”里选 root.crt。',
      4: '用 Chrome 打开下面的网址。有些厂商自带的浏览器不认自己安装的证书。',
    },
    windows: {
      name: 'Windows',
      1: '双击 root.crt，点“安装证书”，选“本地计算机”，同意更改。',
      2: '选“将所有的证书都放入下列存储”，点“浏览”，选“受信任的根证书颁发机构”。',
      3: '点“下一步”和“完成”，看到“导入成功”。',
      4: '关闭所有 Chrome 或 Edge 窗口，重新打开下面的网址。',
    },
    chromeos: {
      name: 'ChromeOS',
      1: '打开 chrome://certificate-manager，选“本地证书”，再选“自定义”里“由您安装”。',
      2: '在“受信任的证书”旁点“导入”，选 root.crt。',
      3: '要求选择用途时，选“信任此证书以标识网站”。',
      4: '重新打开下面的网址。由单位统一管理的设备，请在管理控制台里添加。',
    },
    linux: {
      name: 'Linux',
      1: '用 Chromium 或 Chrome 打开 chrome://certificate-manager，选“本地证书”，再选“自定义”里“由您安装”。',
      2: '在“受信任的证书”旁点“导入”，选 root.crt，信任它标识网站。',
      3: '也可以用命令（软件包 libnss3-tools）：certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n local-root -i root.crt',
      4: '关闭浏览器，重新打开下面的网址。',
    },
    ipados: {
      name: 'iPadOS',
      1: '用 Safari 下载，点“允许”，看到“已下载描述文件”。',
      2: '打开“设置”→“通用”→“VPN 与设备管理”，选这个描述文件，点“安装”。',
      3: '再到“设置”→“通用”→“关于本机”→“证书信任设置”，打开这个证书的开关。',
      4: '用 Safari 打开下面的网址。',
    },
  },
  go: {
    title: '第三步：用新网址',
    text: '以后都用这个网址。地址栏没有警告，就是装好了。',
    key: '打开并加入',
    closed: '站点的 https 端口没有打开，请技术员看站点电脑窗口里的提示。',
  },
} as const
