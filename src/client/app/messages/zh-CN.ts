import { common } from '#client/app/messages/zh-CN/common.ts'
import { correction } from '#client/app/messages/zh-CN/correction.ts'
import { entrance } from '#client/app/messages/zh-CN/entrance.ts'
import { faults } from '#client/app/messages/zh-CN/faults.ts'
import { files } from '#client/app/messages/zh-CN/files.ts'
import { findings } from '#client/app/messages/zh-CN/findings.ts'
import { instructor } from '#client/app/messages/zh-CN/instructor.ts'
import { join } from '#client/app/messages/zh-CN/join.ts'
import { kiosk } from '#client/app/messages/zh-CN/kiosk.ts'
import { office } from '#client/app/messages/zh-CN/office.ts'
import { people } from '#client/app/messages/zh-CN/people.ts'
import { problems } from '#client/app/messages/zh-CN/problems.ts'
import { records } from '#client/app/messages/zh-CN/records.ts'
import { refusals } from '#client/app/messages/zh-CN/refusals.ts'
import { roster } from '#client/app/messages/zh-CN/roster.ts'
import { settings } from '#client/app/messages/zh-CN/settings.ts'
import { storage } from '#client/app/messages/zh-CN/storage.ts'
import { trust } from '#client/app/messages/zh-CN/trust.ts'

// The Chinese message tree: the shape every other language follows.
export const chineseMessages = {
  common,
  correction,
  entrance,
  faults,
  files,
  findings,
  instructor,
  join,
  kiosk,
  office,
  people,
  problems,
  records,
  refusals,
  roster,
  settings,
  storage,
  trust,
} as const

export type Messages = typeof chineseMessages
