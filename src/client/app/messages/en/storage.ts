// What the stores of this device have to say: a loss, a window elsewhere, storage the browser may drop, a file to carry to the site.
export const storage = {
  area: 'Storage of this device',
  bothLost: {
    title: 'The records on this device are gone',
    text: 'This device had saved {count} records, and both of its stores are gone. What had arrived is at the site. Ask an administrator for a join code and join again on this device; the records then come back, and the site says exactly how many are missing.',
    kept: 'The second store still has the first {count}. Save a rescue copy of them first and give it to the technician.',
    action: 'Join again',
  },
  rebuilt: {
    title: 'One store was damaged and has been restored from the other',
    text: 'No record was lost and you can go on. This device has a new key; the next sync tells the site, and an administrator confirms it under “Devices”. Please tell the technician.',
    filesText: 'No record was lost and you can go on. Please tell the technician.',
    action: 'OK',
  },
  broken: {
    title: 'The storage of this device cannot be opened',
    text: 'Nothing can be recorded now. Close the browser and open it again; if that does not help, save a rescue copy and give it to the technician. Do not clear site data.',
  },
  elsewhere: {
    text: 'Another window is using the records of this device. You can read here; to record, go on here.',
    action: 'Go on here',
    taking: 'This window takes the records over …',
    noAnswer: 'The other window does not answer. Close it and try again.',
  },
  gate: {
    'not-kept': {
      title: 'No roll call on this tablet yet',
      text: 'The browser has not agreed to keep the records and may drop them when space runs short. Install Xincheng on the home screen (“Install” in the browser menu), open it from there and press “Look again”. If it cannot be installed, an administrator signs in on this device, opens this page or “State of this device”, and allows roll calls here.',
    },
    'no-space': {
      title: 'Too little space on this tablet to begin a roll call',
      text: 'Only {mb} MB are left. Delete photos, videos or other files and press “Look again”. Earlier records are all here.',
    },
    look: 'Look again',
    allow: 'Allow roll calls on this tablet',
    allowText: 'Who allowed it is recorded; it ends by itself once the browser agrees to keep the records.',
    low: 'Only {mb} MB are left on this tablet. Please make room soon.',
  },
  rescue: {
    title: 'The tablet is failing: rescue copy',
    text: 'A plain copy of the {count} unsent records: not encrypted, no names in it. For the technician alone, who imports it at the site; there is no answer to it. The records stay on this device.',
    action: 'Save rescue copy',
    done: 'Rescue copy saved: {count} records. Give it to the technician and delete it once it is imported.',
    nothing: 'There is nothing to save.',
  },
  receipts: {
    title: 'Receipts of the site',
    text: 'The site has signed for the first {count} records of this device (ledger position {position}). The receipts can be saved to a file; anybody can check with it that the records arrived.',
    action: 'Save receipts',
  },
  devices: {
    title: 'Devices to confirm',
    key: '“{label}” lost its key and goes on with a new one; no record is missing. Check that the device is still here, then confirm.',
    confirmKey: 'It is ours, confirm',
    loss: '“{label}” lost both stores; {count} records it had saved are missing at the site. Ask whoever was on duty to record them again, then confirm.',
    fork: '“{label}” has two histories: {here} records are in the ledger, {branch} others were offered in their place and are kept beside it. The device is in quarantine and sends nothing. Check whether its data was copied or put back from an older state; lifted, it goes on in a new chain and sends what only it has.',
    lift: 'Checked, lift the quarantine',
    acceptLoss: 'Noted, confirm',
  },
  entry: 'Roll calls allowed on this tablet',
} as const
