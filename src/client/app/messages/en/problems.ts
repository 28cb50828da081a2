import type { problems as chinese } from '#client/app/messages/zh-CN/problems.ts'
import type { Translated } from '#client/app/messages/translated.ts'

// One sentence for each problem of the server, keyed by its code: what happened and what to do.
export const problems: Translated<typeof chinese> = {
  malformed:
    'The site did not understand this request. Reload and try again; if it stays, update the app on this device.',
  unsigned: 'The request lacked the signature of this device. Reload and try again.',
  'unknown-device':
    'The site does not know this device. Ask an administrator for a join code and join again at /join; what was recorded stays here.',
  'bad-signature': 'The signature of this device did not match. Reload and try again; if it stays, join again.',
  replayed: 'This request was used before, so the site did not repeat it. Try again.',
  'sign-in-needed': 'The sign-in at the site has ended. Enter the PIN to sign in there again.',
  'wrong-pin': 'The PIN is wrong. Enter it again; ten failures in a row disable the account.',
  'account-disabled': 'The account is disabled. Ask an administrator to reset the PIN or enable it.',
  'not-allowed': 'The person signed in may not do this. Sign in as someone who may.',
  'wrong-facility': 'These records belong to another facility. Check the address.',
  'join-code-wrong':
    'The join code is wrong, used or expired (ten minutes, one use). Ask an administrator for a new one.',
  'not-a-demonstration': 'This is not the demonstration, so nothing joins by itself. Use a join code.',
  'not-found': 'The site did not find it. Sync and open it again.',
  'method-not-allowed': 'The site does not support this. Update the app on this device.',
  'set-up-done': 'The first set-up was done before. Sign in instead.',
  'chain-broken':
    'The chain of records of this device does not match. Everything is still here; tell an administrator.',
  'chain-forked':
    'The site holds another history of this device, so sending has stopped. Everything is still here; tell an administrator.',
  'chain-gap': 'The site lacks earlier records of this device; they are being sent again.',
  'too-large': 'This is too large for the site. Split it and try again.',
  'not-a-spreadsheet': 'This file is not a readable spreadsheet. Use an xlsx or CSV file.',
  refused: 'The rules do not allow this. Read the reason, correct it, and try again.',
  'glyph-missing':
    'A character is missing from the print font, so no file was made. See which one, write it differently, and try again.',
  'too-many-tries': 'Too many tries in a short time. Wait a minute.',
  internal: 'The site failed; nothing was done and nothing half-written. Try later; if it stays, tell the technician.',
  'read-only':
    'The site is read-only at present (its disk may be full). Everything is still here; tell the technician.',
}
