// Icons of the pages: each its own small file, fetched where it is used and kept by the service worker.
// To add one: an import line and an entry. Phosphor 2.1.1, MIT licence, regular weight.
import arrowDown from '@phosphor-icons/core/regular/arrow-down.svg?no-inline'
import arrowSquareOut from '@phosphor-icons/core/regular/arrow-square-out.svg?no-inline'
import arrowUp from '@phosphor-icons/core/regular/arrow-up.svg?no-inline'
import arrowsClockwise from '@phosphor-icons/core/regular/arrows-clockwise.svg?no-inline'
import bell from '@phosphor-icons/core/regular/bell.svg?no-inline'
import bookOpen from '@phosphor-icons/core/regular/book-open.svg?no-inline'
import books from '@phosphor-icons/core/regular/books.svg?no-inline'
import briefcase from '@phosphor-icons/core/regular/briefcase.svg?no-inline'
import buildings from '@phosphor-icons/core/regular/buildings.svg?no-inline'
import calendarBlank from '@phosphor-icons/core/regular/calendar-blank.svg?no-inline'
import calendarCheck from '@phosphor-icons/core/regular/calendar-check.svg?no-inline'
import calendarPlus from '@phosphor-icons/core/regular/calendar-plus.svg?no-inline'
import certificate from '@phosphor-icons/core/regular/certificate.svg?no-inline'
import chair from '@phosphor-icons/core/regular/chair.svg?no-inline'
import chalkboardTeacher from '@phosphor-icons/core/regular/chalkboard-teacher.svg?no-inline'
import clipboardText from '@phosphor-icons/core/regular/clipboard-text.svg?no-inline'
import clock from '@phosphor-icons/core/regular/clock.svg?no-inline'
import clockCounterClockwise from '@phosphor-icons/core/regular/clock-counter-clockwise.svg?no-inline'
import cloudArrowUp from '@phosphor-icons/core/regular/cloud-arrow-up.svg?no-inline'
import cloudCheck from '@phosphor-icons/core/regular/cloud-check.svg?no-inline'
import copy from '@phosphor-icons/core/regular/copy.svg?no-inline'
import database from '@phosphor-icons/core/regular/database.svg?no-inline'
import desktop from '@phosphor-icons/core/regular/desktop.svg?no-inline'
import deviceTablet from '@phosphor-icons/core/regular/device-tablet.svg?no-inline'
import door from '@phosphor-icons/core/regular/door.svg?no-inline'
import dotsThree from '@phosphor-icons/core/regular/dots-three.svg?no-inline'
import downloadSimple from '@phosphor-icons/core/regular/download-simple.svg?no-inline'
import ear from '@phosphor-icons/core/regular/ear.svg?no-inline'
import exam from '@phosphor-icons/core/regular/exam.svg?no-inline'
import exportIcon from '@phosphor-icons/core/regular/export.svg?no-inline'
import filePdf from '@phosphor-icons/core/regular/file-pdf.svg?no-inline'
import fileText from '@phosphor-icons/core/regular/file-text.svg?no-inline'
import fileXls from '@phosphor-icons/core/regular/file-xls.svg?no-inline'
import fingerprint from '@phosphor-icons/core/regular/fingerprint.svg?no-inline'
import firstAid from '@phosphor-icons/core/regular/first-aid.svg?no-inline'
import flag from '@phosphor-icons/core/regular/flag.svg?no-inline'
import funnel from '@phosphor-icons/core/regular/funnel.svg?no-inline'
import gear from '@phosphor-icons/core/regular/gear.svg?no-inline'
import graduationCap from '@phosphor-icons/core/regular/graduation-cap.svg?no-inline'
import handshake from '@phosphor-icons/core/regular/handshake.svg?no-inline'
import hardDrives from '@phosphor-icons/core/regular/hard-drives.svg?no-inline'
import heart from '@phosphor-icons/core/regular/heart.svg?no-inline'
import heartbeat from '@phosphor-icons/core/regular/heartbeat.svg?no-inline'
import hourglassMedium from '@phosphor-icons/core/regular/hourglass-medium.svg?no-inline'
import house from '@phosphor-icons/core/regular/house.svg?no-inline'
import identificationBadge from '@phosphor-icons/core/regular/identification-badge.svg?no-inline'
import identificationCard from '@phosphor-icons/core/regular/identification-card.svg?no-inline'
import key from '@phosphor-icons/core/regular/key.svg?no-inline'
import keyReturn from '@phosphor-icons/core/regular/key-return.svg?no-inline'
import link from '@phosphor-icons/core/regular/link.svg?no-inline'
import listBullets from '@phosphor-icons/core/regular/list-bullets.svg?no-inline'
import listChecks from '@phosphor-icons/core/regular/list-checks.svg?no-inline'
import mapPin from '@phosphor-icons/core/regular/map-pin.svg?no-inline'
import minus from '@phosphor-icons/core/regular/minus.svg?no-inline'
import money from '@phosphor-icons/core/regular/money.svg?no-inline'
import notePencil from '@phosphor-icons/core/regular/note-pencil.svg?no-inline'
import notebook from '@phosphor-icons/core/regular/notebook.svg?no-inline'
import password from '@phosphor-icons/core/regular/password.svg?no-inline'
import path from '@phosphor-icons/core/regular/path.svg?no-inline'
import pencilSimple from '@phosphor-icons/core/regular/pencil-simple.svg?no-inline'
import plus from '@phosphor-icons/core/regular/plus.svg?no-inline'
import printer from '@phosphor-icons/core/regular/printer.svg?no-inline'
import prohibit from '@phosphor-icons/core/regular/prohibit.svg?no-inline'
import qrCode from '@phosphor-icons/core/regular/qr-code.svg?no-inline'
import question from '@phosphor-icons/core/regular/question.svg?no-inline'
import scales from '@phosphor-icons/core/regular/scales.svg?no-inline'
import scan from '@phosphor-icons/core/regular/scan.svg?no-inline'
import sealCheck from '@phosphor-icons/core/regular/seal-check.svg?no-inline'
import sealWarning from '@phosphor-icons/core/regular/seal-warning.svg?no-inline'
import shieldCheck from '@phosphor-icons/core/regular/shield-check.svg?no-inline'
import signIn from '@phosphor-icons/core/regular/sign-in.svg?no-inline'
import signOut from '@phosphor-icons/core/regular/sign-out.svg?no-inline'
import signpost from '@phosphor-icons/core/regular/signpost.svg?no-inline'
import sortAscending from '@phosphor-icons/core/regular/sort-ascending.svg?no-inline'
import stamp from '@phosphor-icons/core/regular/stamp.svg?no-inline'
import storefront from '@phosphor-icons/core/regular/storefront.svg?no-inline'
import tag from '@phosphor-icons/core/regular/tag.svg?no-inline'
import trash from '@phosphor-icons/core/regular/trash.svg?no-inline'
import user from '@phosphor-icons/core/regular/user.svg?no-inline'
import userCheck from '@phosphor-icons/core/regular/user-check.svg?no-inline'
import userMinus from '@phosphor-icons/core/regular/user-minus.svg?no-inline'
import userPlus from '@phosphor-icons/core/regular/user-plus.svg?no-inline'
import users from '@phosphor-icons/core/regular/users.svg?no-inline'
import usersThree from '@phosphor-icons/core/regular/users-three.svg?no-inline'
import warningDiamond from '@phosphor-icons/core/regular/warning-diamond.svg?no-inline'
import wrench from '@phosphor-icons/core/regular/wrench.svg?no-inline'

export const pageIcons = {
  'arrow-down': arrowDown,
  'arrow-square-out': arrowSquareOut,
  'arrow-up': arrowUp,
  'arrows-clockwise': arrowsClockwise,
  bell,
  'book-open': bookOpen,
  books,
  briefcase,
  buildings,
  'calendar-blank': calendarBlank,
  'calendar-check': calendarCheck,
  'calendar-plus': calendarPlus,
  certificate,
  chair,
  'chalkboard-teacher': chalkboardTeacher,
  'clipboard-text': clipboardText,
  clock,
  'clock-counter-clockwise': clockCounterClockwise,
  'cloud-arrow-up': cloudArrowUp,
  'cloud-check': cloudCheck,
  copy,
  database,
  desktop,
  'device-tablet': deviceTablet,
  door,
  'dots-three': dotsThree,
  'download-simple': downloadSimple,
  ear,
  exam,
  export: exportIcon,
  'file-pdf': filePdf,
  'file-text': fileText,
  'file-xls': fileXls,
  fingerprint,
  'first-aid': firstAid,
  flag,
  funnel,
  gear,
  'graduation-cap': graduationCap,
  handshake,
  'hard-drives': hardDrives,
  heart,
  heartbeat,
  'hourglass-medium': hourglassMedium,
  house,
  'identification-badge': identificationBadge,
  'identification-card': identificationCard,
  key,
  'key-return': keyReturn,
  link,
  'list-bullets': listBullets,
  'list-checks': listChecks,
  'map-pin': mapPin,
  minus,
  money,
  'note-pencil': notePencil,
  notebook,
  password,
  path,
  'pencil-simple': pencilSimple,
  plus,
  printer,
  prohibit,
  'qr-code': qrCode,
  question,
  scales,
  scan,
  'seal-check': sealCheck,
  'seal-warning': sealWarning,
  'shield-check': shieldCheck,
  'sign-in': signIn,
  'sign-out': signOut,
  signpost,
  'sort-ascending': sortAscending,
  stamp,
  storefront,
  tag,
  trash,
  user,
  'user-check': userCheck,
  'user-minus': userMinus,
  'user-plus': userPlus,
  users,
  'users-three': usersThree,
  'warning-diamond': warningDiamond,
  wrench,
} as const
