import type { refusals as chinese } from '#client/app/messages/zh-CN/refusals.ts'
import type { Translated } from '#client/app/messages/translated.ts'

// One sentence for each refusal of the law, keyed by its code: the reason, then what to do.
export const refusals: Translated<typeof chinese> = {
  'access/not-allowed': 'The person signed in may not do this. Sign in as someone who may.',
  'access/account-taken': 'The account {account} is taken. Choose another account name.',
  'access/account-unknown': 'There is no such account. Check it, or ask an administrator to make one.',
  'access/pin-too-simple':
    'This PIN is too easy to guess (a run or repeated digits). Choose six digits without a pattern.',
  'access/last-administrator':
    'This is the last active administrator and cannot be disabled. Appoint another one first.',
  'access/facility-founded': 'This facility has been set up before. Sign in instead.',
  'access/facility-not-founded': 'This facility has not been set up yet. Complete the first set-up.',
  'access/provider-unknown': 'There is no such training provider. Register it under providers first.',
  'access/provider-code-taken': 'The provider code {code} is taken. Choose another one.',
  'access/room-unknown': 'There is no such room. Register it under rooms first.',
  'access/room-taken': 'This room is registered already. Change the existing one.',
  'access/staff-unknown': 'There is no such staff member. Check and choose again.',
  'access/rules-invalid':
    'These rules contradict each other (a minimum above a maximum, or a date twice). Correct them and save again.',
  'access/device-not-quarantined': 'This device is not in quarantine. Sync and look again.',
  'access/device-unknown': 'There is nothing of this kind about this device. Sync and look again.',
  'access/device-key-unknown': 'This device has no such key. Sync and look again.',
  'trainee/unknown':
    'This device does not know the trainee. Sync first; if that does not help, have the office check the roster.',
  'trainee/not-present': 'This trainee has left or was removed from the roster. Check the roster.',
  'trainee/import-unknown': 'This import was not found. Reload the list of imports and try again.',
  'trainee/import-in-use':
    '{count} people of this import have later records, so it cannot be undone. Correct them one by one.',
  'trainee/import-outdated': 'The roster has changed since this dry run. Choose the file again and repeat the dry run.',
  'trainee/name-not-usable':
    'The name is empty or has characters no name has (digits, question marks, boxes). Write it as the papers say.',
  'trainee/id-number-wrong':
    'The ID number is wrong: it has 18 places and a check character. Compare the papers; leave it empty if there is none.',
  'trainee/id-number-taken': 'Another trainee has this ID number. Compare the papers of both.',
  'trainee/identity-changed':
    'Somebody else has just changed the name or ID number. Close and open this again, look at what it says now, then correct.',
  'trainee/term-too-long':
    'A year or more of the term remains. Training is open from the day less than a year is left.',
  'trainee/term-over': 'The term is over, so no training is planned. If the date is wrong, correct the facts.',
  'trainee/not-of-working-age': 'Not of working age. If the date of birth is wrong, correct the facts.',
  'trainee/not-work-capable': 'Recorded as not able to work. If health has changed, correct the facts.',
  'catalogue/occupation-unknown': 'The catalogue has no such occupation. Sync and choose again.',
  'catalogue/level-not-offered': 'This occupation is not offered at this level. Choose another level.',
  'catalogue/syllabus-unknown': 'There is no such syllabus. Choose one of this occupation and level.',
  'catalogue/weights-not-100': 'The weights add up to {weight}; they must be exactly 100. Adjust them.',
  'catalogue/syllabus-version-taken':
    'Version {version} of this syllabus exists and cannot be rewritten. Publish a new version.',
  'enrollment/wish-repeated': 'The same occupation and level is chosen twice. Take one out.',
  'enrollment/too-many-wishes': 'At most three wishes. Take one out first.',
  'enrollment/class-full': 'The class is full (at most {seatCap}). Choose fewer people or another class.',
  'enrollment/already-enrolled': 'Someone on the list is in this class already. Take him out and try again.',
  'enrollment/in-other-class':
    'Someone on the list is in another class that is not completed. Withdraw him there or choose someone else.',
  'enrollment/not-on-roster': 'This trainee is not on the roster of this class. Check class and person.',
  'enrollment/class-closed': 'This class is completed, so its roster no longer changes.',
  'enrollment/same-certificate-before':
    'This trainee already holds a certificate of this occupation and level. Choose another occupation or level.',
  'class/unknown': 'This device does not know the class. Sync and open it again.',
  'class/planned-before': 'This class exists already. Open the existing one.',
  'class/number-taken': 'The class number {classNumber} is taken. Choose another one.',
  'class/dates-reversed':
    'The dates are reversed: the end may not be before the start, nor completion before the last lesson. Change the dates.',
  'class/session-outside-dates': 'A lesson lies outside the dates of the class. Change the lesson or the dates.',
  'class/session-past-midnight':
    'The lesson that starts on {on} at {startsAt} lasts {minutes} minutes and runs past midnight. A lesson ends on its own day: start earlier or make it shorter.',
  'class/session-unknown': 'This class has no such lesson. Sync and open the timetable again.',
  'class/sessions-clash':
    'Lessons clash with class {classNumber}: the same instructor or room. Change time, instructor or room.',
  'class/no-sessions': 'This class has no lessons yet. Make the timetable before opening it.',
  'class/no-trainees': 'This class has no trainees yet. Enrol trainees first.',
  'class/provider-not-qualified':
    'The provider is not qualified for the whole class (valid until {validUntil}). Update the qualification or choose another provider.',
  'class/provider-level-not-offered': 'This provider does not train this level. Choose another provider or level.',
  'class/seats-over-room':
    'The cap of {seatCap} exceeds the {seats} seats of the room. Lower it or choose another room.',
  'class/instructor-unknown': 'The chosen instructor does not exist or is disabled. Choose again.',
  'class/wrong-phase': 'The class is not at this step. The order is plan, open, complete, seal, issue certificates.',
  'class/not-complete': 'The completion check list has open items. Open it, finish them, and try again.',
  'class/lessons-to-come':
    '{count} lessons are still to come: {lessons}. Hold them and call the roll first; cancel those that will not take place in the timetable, with the reason.',
  'class/completion-ahead':
    'The completion day {on} has not come yet. It is the day of the completion assessment: today at the latest.',
  'class/shortfall-unexplained':
    '{taught} class hours were taught of {planned} in the syllabus, or a lesson of today is not over by the timetable. Completing needs a reason and words that say how it came.',
  'class/nothing-to-supplement': 'There are no new resit results, so no supplement is needed.',
  'class/certificate-route-not-offered':
    'This occupation and level does not lead to this certificate. Choose another kind.',
  'attendance/session-cancelled': 'This lesson was cancelled, so no roll is taken. Check the timetable.',
  'attendance/session-not-yet': 'This lesson is still to come. Record it on its day.',
  'attendance/not-on-roster': 'This trainee is not on the roster of this class. Check class and person.',
  'attendance/minutes-missing': 'Late or left early needs minutes. Enter how many were missed.',
  'attendance/minutes-too-many': 'More minutes are missed than the lesson has. Enter fewer, or mark absent.',
  'attendance/minutes-not-wanted': 'Only late and left early take minutes. Remove them.',
  'attendance/reason-missing': 'Leave needs a reason. Choose one.',
  'attendance/reason-not-wanted': 'Only leave takes a reason. Remove it.',
  'attendance/correction-reason-missing': 'Correcting a record needs a reason. Choose one.',
  'attendance/head-count-unexplained':
    'The marks and the count differ. Count again, or choose the reason for the difference.',
  'attendance/class-closed': 'This class is completed, so attendance is closed. Ask an administrator for a correction.',
  'attendance/module-unknown': 'The syllabus has no such module. Choose again.',
  'attendance/lesson-too-long': 'Theory and practice together exceed the lesson. Check the minutes.',
  'attendance/nothing-to-make-up': 'This trainee missed nothing of this lesson, so there is nothing to make up.',
  'attendance/make-up-too-long': 'More minutes are made up than were missed. Enter fewer.',
  'assessment/score-out-of-range': 'A score lies between 0 and 100 with at most one decimal. Enter it again.',
  'assessment/class-closed': 'This class is sealed, so scores are closed. Ask an administrator for a correction.',
  'assessment/not-on-roster': 'This trainee is not on the roster of this class, so no score can be recorded.',
  'assessment/hours-too-few':
    'Attended hours are below the required share. Make up lessons first, or record a reason for admission.',
  'assessment/attempt-out-of-order': 'Attempts go in order: record the earlier one first.',
  'assessment/correction-reason-missing': 'Changing a score needs a reason. Choose one.',
  'assessment/resit-after-pass': 'This part is passed already, so there is no resit.',
  'assessment/own-dispute':
    'There are two accounts of this result and one of them is yours, so you can neither settle nor change it. An administrator who recorded neither settles it; appoint one if there is none.',
  'certificate/class-not-sealed': 'The class is not sealed, so no certificate can be issued. Seal it first.',
  'certificate/route-is-outside': 'Certificates of this class come from outside. Record them instead of issuing.',
  'certificate/route-is-training': 'This class gives training certificates made here. Use issue instead of recording.',
  'certificate/none-to-issue': 'There is nobody to issue to: nobody passed, or all were issued.',
  'certificate/not-passed': 'This trainee did not pass this class. Check the scores.',
  'certificate/score-in-dispute':
    'There are two accounts of a result of this trainee that nobody has settled, or it was settled below 60 points. Settle it on the page of findings first.',
  'certificate/number-malformed':
    'The certificate number has a wrong form. Compare it with the certificate digit by digit.',
  'certificate/number-taken': 'The certificate number {number} is recorded already. Check it.',
  'certificate/number-level-differs': 'The level in the number differs from the class. Check number and level.',
  'certificate/number-year-differs': 'The year in the number differs from the date of issue. Check number and date.',
  'certificate/unknown': 'There is no certificate with the number {number}. Check it.',
  'certificate/voided-before': 'Certificate {number} was voided before.',
  'certificate/issuer-missing': 'A certificate from outside needs its issuer. Enter it.',
  'certificate/none-issued': 'No certificate of this class was issued yet. Issue them first.',
}
