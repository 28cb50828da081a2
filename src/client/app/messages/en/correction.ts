import type { correction as chinese } from '#client/app/messages/zh-CN/correction.ts'
import type { Translated } from '#client/app/messages/translated.ts'

// Correcting what was written wrongly: who somebody is, what the facility is called, and characters a certificate cannot print.
export const correction: Translated<typeof chinese> = {
  printing: {
    title: 'A certificate cannot print some characters',
    lead: 'The print typeface lacks them. Until that is mended these people get no certificate; nobody else is held up.',
    person: '{name} (number {number}): “{character}” ({codePoint}) in the name',
    more: '{count} more: see “Certificates”.',
    correct: 'Correct the name',
    correctOf: 'Correct the name: {name}',
    place: {
      issuerName:
        '“{character}” ({codePoint}) in the name of the provider “{name}” cannot be printed, so nobody in the class can get a certificate. Change the name under “Settings › Providers”.',
      occupationName:
        '“{character}” ({codePoint}) in the name of the occupation “{name}” cannot be printed, so nobody in the class can get a certificate. Tell the technician.',
    },
    howto:
      'Compare the papers: if they have the standard character, correct the name; if it really is this one, issue the others now and this one later.',
    whenEnrolled: '“{character}” ({codePoint}) in the name cannot be printed on a certificate',
    provider:
      '“{character}” ({codePoint}) in the name cannot be printed on a certificate. Saved like this, classes of this provider get no certificates; use the standard character.',
    facility:
      '“{character}” ({codePoint}) in the name is not in the common typeface. Certificates do not carry the facility’s name; forms are printed with the typefaces of the office computer, so print one and look.',
    heldAsk: '{count} more have a character in the name that cannot be printed. They get none now and take no number:',
    heldDone:
      '{count} certificates issued; {held} people have a character in the name that cannot be printed and got none',
    stateHeld: 'Cannot be printed',
    noneLeft: 'There is no certificate that can be printed now. Correct the names below first.',
    no: {
      person:
        '{count} people have a character in the name that the print typeface lacks, such as “{character}” ({codePoint}). Nothing was issued. Correct the names, then issue.',
      issuerName:
        'The print typeface lacks “{character}” ({codePoint}) in the name of the provider. Nothing was issued. Change the name under “Settings › Providers”, then issue.',
      occupationName:
        'The print typeface lacks “{character}” ({codePoint}) in the name of the occupation. Nothing was issued. Tell the technician.',
      other:
        'The print typeface lacks “{character}” ({codePoint}) on the certificate. Nothing was issued. Tell the technician.',
    },
  },
  identity: {
    action: 'Correct the name',
    title: 'Correct the name or ID number',
    lead: 'As the papers say. Who, when and why goes into the ledger; the name itself stays in the encrypted vault.',
    name: 'Name',
    idNumber: 'ID number',
    idHint: 'Leave empty if there is none. Sex and date of birth are corrected under “Change facts”.',
    why: 'Why it is corrected',
    reason: {
      'typing-error': 'Typed wrongly',
      'rare-character': 'Rare character in its standard form',
      'changed-by-law': 'Changed by law',
      other: 'Other',
    },
    issued:
      'Certificates already issued keep the former name: {numbers}. For new ones, void them under “Certificates” of the class (reason: wrong name), then issue again.',
    noneIssued: 'Certificates and forms made from now on carry what is corrected.',
    trouble: { name: 'Write the name, at most 60 characters.', idNumber: 'An ID number has at most 18 characters.' },
    unprintable:
      '“{character}” ({codePoint}) cannot be printed on a certificate. If the papers really say so, write it; the certificate waits until the typeface has it.',
    unchanged: 'The same as now; there is nothing to correct.',
    done: 'Corrected',
    history: 'Corrections',
    line: '{day} {fields}, {reason}, {who}',
    field: { name: 'name', idNumber: 'ID number' },
  },
  facility: {
    part: 'Facility',
    heading: 'This facility',
    lead: 'Changes go into the ledger. Forms made from now on carry the new name; certificates issued and forms printed before stay as they are.',
    name: 'Name of the facility',
    city: 'City',
    kind: 'Kind of facility',
    id: 'Facility ID',
    never:
      'The kind, the ID and the mark of a demonstration never change once it is set up: who may be trained and the signature of every record rest on them. If the kind is wrong, have the technician set up anew.',
    account: 'Accounts do not change either; names of staff are changed under “Staff”.',
    edit: 'Change',
    changeTitle: 'Change the facility’s details',
    trouble: { name: 'Write the name, at most 60 characters.', cityCode: 'Choose the city.' },
    unchanged: 'The same as now; there is nothing to save.',
  },
  staff: {
    rename: 'Rename',
    renameOf: 'Rename {name}',
    title: 'Change a name of the staff',
    lead: 'Account and PIN stay. Former records and signatures belong to the person and show the new name.',
    renamed: 'The name is now {name}',
  },
  provider: {
    kept: 'Certificates issued after a change carry the new name; those issued before keep the name of their day and can still be verified.',
  },
}
