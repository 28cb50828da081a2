import type { findings as chinese } from '#client/app/messages/zh-CN/findings.ts'
import type { Translated } from '#client/app/messages/translated.ts'

// One sentence for each finding of a fold, keyed by its code: what looks odd and what to do.
export const findings: Translated<typeof chinese> = {
  'attendance/contested': 'Two people marked the same person differently in the same lesson. Check and settle on one.',
  'attendance/not-on-roster': 'Someone who is not on the roster was marked. Check for a wrong tap, or enrol him.',
  'attendance/after-withdrawal': 'There is attendance after the withdrawal. Check the date of withdrawal or the mark.',
  'attendance/head-count-differs': 'The marks and the head count differ. Check what happened that day.',
  'attendance/author-disabled':
    'Its author had been disabled when this arrived. He may have recorded it before: check, then decide whether it counts.',
  'assessment/author-disabled':
    'Its author had been disabled when this result arrived. He may have recorded it before: check, then decide whether it counts.',
  'attendance/session-cancelled': 'A cancelled lesson has attendance. Check the timetable.',
  'assessment/contested': 'Two people recorded different results of the same attempt. Check and settle on one.',
  'assessment/not-on-roster': 'A result was recorded for someone who is not on the roster. Check the person.',
  'assessment/after-completion': 'A result came after completion. Check whether a supplement is needed.',
  'attendance/after-completion': 'Attendance came after completion. Check whether it changes the hours.',
  'enrollment/term-ends-before-class': 'The term ends before the class does. Check whether the class can be finished.',
  'device/key-unconfirmed': 'This device has a new key that nobody has confirmed. Check that the device is still here.',
  'device/chain-forked':
    'This device has two histories. Check whether its data was copied or put back, then lift the quarantine.',
  'device/entries-missing':
    'Records this device had saved are gone and not at the site. Ask whoever was on duty to record them again.',
}
