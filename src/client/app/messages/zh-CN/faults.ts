import type { FaultCode } from '#client/storage/fault.ts'

// One sentence for each fault of the world, keyed by its code: what is safe and what to do. A code without a sentence does not compile.
export const faults = {
  'storage-full': '本机存储空间满了，刚才这一条没有存下。请删去别的文件腾出空间，再记一次；以前的记录都在。',
  'storage-broken':
    '本机的存储打不开，刚才这一条没有存下。请关掉浏览器重新打开；还不行，请告诉技术员，不要清除网站数据。',
  offline: '站点连不上。已记的内容都在本机，连上后自己传；要站点办的事请连上后再试。',
  timeout: '站点太久没有回答，不知道做成没有。请过一会儿看结果，没有再试。',
  'another-window': '另一个窗口正在写记录，刚才这一条没有存下。请关掉别的窗口，再记一次。',
  'other-version': '这台平板已经换了新程序，这个窗口还是旧的，所以没有记。请关掉这个窗口重新打开；已存下的都在。',
} as const satisfies Record<FaultCode, string>
