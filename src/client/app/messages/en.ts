import { common } from '#client/app/messages/en/common.ts'
import { correction } from '#client/app/messages/en/correction.ts'
import { entrance } from '#client/app/messages/en/entrance.ts'
import { faults } from '#client/app/messages/en/faults.ts'
import { files } from '#client/app/messages/en/files.ts'
import { findings } from '#client/app/messages/en/findings.ts'
import { instructor } from '#client/app/messages/en/instructor.ts'
import { join } from '#client/app/messages/en/join.ts'
import { kiosk } from '#client/app/messages/en/kiosk.ts'
import { office } from '#client/app/messages/en/office.ts'
import { people } from '#client/app/messages/en/people.ts'
import { problems } from '#client/app/messages/en/problems.ts'
import { records } from '#client/app/messages/en/records.ts'
import { refusals } from '#client/app/messages/en/refusals.ts'
import { roster } from '#client/app/messages/en/roster.ts'
import { settings } from '#client/app/messages/en/settings.ts'
import { storage } from '#client/app/messages/en/storage.ts'
import { trust } from '#client/app/messages/en/trust.ts'
import type { Translated } from '#client/app/messages/translated.ts'
import type { Messages } from '#client/app/messages/zh-CN.ts'

// The English message tree: loaded only when English is chosen.
export const englishMessages: Translated<Messages> = {
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
}
