import { faults } from '#client/app/messages/zh-CN/faults.ts'
import { kiosk } from '#client/app/messages/zh-CN/kiosk.ts'
import { records } from '#client/app/messages/zh-CN/records.ts'
import { refusals } from '#client/app/messages/zh-CN/refusals.ts'

// What the pages of the kiosk say besides the words that are always there: a fifth of all words.
export const kioskMessages = { faults, kiosk, records, refusals } as const
