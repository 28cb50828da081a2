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
  'epoch-closed': 'An administrator let this device go on. It begins a new chain of records by itself; sync once more.',
  'chain-gap': 'The site lacks earlier records of this device; they are being sent again.',
  'too-large': 'This is too large for the site. Split it and try again.',
  'not-a-spreadsheet': 'This file is not a readable spreadsheet. Use an xlsx or CSV file.',
  'not-a-batch-file': 'This is no exchange file of Xincheng. Choose an .xcb file.',
  'batch-file-newer': 'The file comes from a newer version, and nothing was written. Update first, then read it in.',
  'batch-file-too-large':
    'The file or its content is beyond the limit, and nothing was written. Export it again; if it stays, tell the technician.',
  'batch-file-incomplete':
    'The file is not whole, and nothing was written. Copy it again and take the medium out only when that is done.',
  'batch-file-damaged':
    'The file is damaged or was changed, and nothing was written. Copy it again; if it stays, export it again.',
  'batch-file-wrong-way':
    'Wrong way round: files of tablets are read in at the site, answers on the tablet. Nothing was written.',
  'batch-file-other-facility':
    'The file names another facility, or is damaged. Nothing was written; check whose file it is.',
  'batch-file-unknown-device':
    'The site does not know the tablet that made this file, or the file is damaged. Nothing was written; let the tablet join first.',
  'batch-file-other-recipient':
    'The file is not sealed to this place and cannot be opened. Nothing was written; take it to the site or tablet it is for.',
  'batch-file-unreadable':
    'The file is authentic, but its content cannot be read. Nothing was written; update, then read it in.',
  'batch-file-older': 'A newer answer was read in before, so this one is not needed. Nothing was changed.',
  'batch-file-stale':
    'This tablet has moved on since this answer was made. Nothing was changed; export a new file and take it to the site.',
  'no-batch-file-key':
    'This device does not have the key of the site yet, so nothing was exported. Sync once with the site; the records are still here.',
  'batch-file-key-unproven':
    'The key of the site is not signed by the site, so nothing was exported. Sync once with the site; the records are still here.',
  refused: 'The rules do not allow this. Read the reason, correct it, and try again.',
  'glyph-missing':
    'A character is missing from the print font, so no file was made. See which one, write it differently, and try again.',
  'too-many-tries': 'Too many tries in a short time. Wait a minute.',
  internal: 'The site failed; nothing was done and nothing half-written. Try later; if it stays, tell the technician.',
  'read-only':
    'The site is read-only at present (its disk may be full). Everything is still here; tell the technician.',
}
