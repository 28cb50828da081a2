import type { faults as chinese } from '#client/app/messages/zh-CN/faults.ts'
import type { Translated } from '#client/app/messages/translated.ts'

// One sentence for each fault of the world, keyed by its code: what is safe and what to do.
export const faults: Translated<typeof chinese> = {
  'storage-full':
    'This device is full and the last record was not saved. Make room and record it again; everything before is safe.',
  'storage-broken':
    'The store of this device cannot be opened and the last record was not saved. Restart the browser; if it stays, tell the technician and do not clear site data.',
  offline:
    'The site cannot be reached. What was recorded is safe here and goes out by itself; try what needs the site again later.',
  timeout:
    'The site did not answer in time, so it is unknown whether it was done. Look again in a moment before you repeat it.',
  'another-window':
    'Another window is writing and the last record was not saved. Close the other windows and record it again.',
  'other-version':
    'This device has a newer program and this window is still the old one, so nothing was recorded. Close the window and open it again; what was saved is safe.',
}
