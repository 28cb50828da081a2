// Icons of the frame and of the shared components: carried inside the script, so that they are there with the first paint.
// Phosphor 2.1.1, MIT licence, regular weight, single files.
import arrowCounterClockwise from '@phosphor-icons/core/regular/arrow-counter-clockwise.svg?inline'
import arrowRight from '@phosphor-icons/core/regular/arrow-right.svg?inline'
import backspace from '@phosphor-icons/core/regular/backspace.svg?inline'
import caretDown from '@phosphor-icons/core/regular/caret-down.svg?inline'
import caretLeft from '@phosphor-icons/core/regular/caret-left.svg?inline'
import caretRight from '@phosphor-icons/core/regular/caret-right.svg?inline'
import chartBar from '@phosphor-icons/core/regular/chart-bar.svg?inline'
import check from '@phosphor-icons/core/regular/check.svg?inline'
import checkCircle from '@phosphor-icons/core/regular/check-circle.svg?inline'
import circleHalf from '@phosphor-icons/core/regular/circle-half.svg?inline'
import eye from '@phosphor-icons/core/regular/eye.svg?inline'
import eyeSlash from '@phosphor-icons/core/regular/eye-slash.svg?inline'
import info from '@phosphor-icons/core/regular/info.svg?inline'
import lockKey from '@phosphor-icons/core/regular/lock-key.svg?inline'
import magnifyingGlass from '@phosphor-icons/core/regular/magnifying-glass.svg?inline'
import moon from '@phosphor-icons/core/regular/moon.svg?inline'
import pause from '@phosphor-icons/core/regular/pause.svg?inline'
import play from '@phosphor-icons/core/regular/play.svg?inline'
import speakerHigh from '@phosphor-icons/core/regular/speaker-high.svg?inline'
import speakerSlash from '@phosphor-icons/core/regular/speaker-slash.svg?inline'
import sun from '@phosphor-icons/core/regular/sun.svg?inline'
import table from '@phosphor-icons/core/regular/table.svg?inline'
import textAa from '@phosphor-icons/core/regular/text-aa.svg?inline'
import translate from '@phosphor-icons/core/regular/translate.svg?inline'
import uploadSimple from '@phosphor-icons/core/regular/upload-simple.svg?inline'
import warning from '@phosphor-icons/core/regular/warning.svg?inline'
import warningCircle from '@phosphor-icons/core/regular/warning-circle.svg?inline'
import wifiSlash from '@phosphor-icons/core/regular/wifi-slash.svg?inline'
import x from '@phosphor-icons/core/regular/x.svg?inline'

export const frameIcons = {
  'arrow-counter-clockwise': arrowCounterClockwise,
  'arrow-right': arrowRight,
  backspace,
  'caret-down': caretDown,
  'caret-left': caretLeft,
  'caret-right': caretRight,
  'chart-bar': chartBar,
  check,
  'check-circle': checkCircle,
  'circle-half': circleHalf,
  eye,
  'eye-slash': eyeSlash,
  info,
  'lock-key': lockKey,
  'magnifying-glass': magnifyingGlass,
  moon,
  pause,
  play,
  'speaker-high': speakerHigh,
  'speaker-slash': speakerSlash,
  sun,
  table,
  'text-aa': textAa,
  translate,
  'upload-simple': uploadSimple,
  warning,
  'warning-circle': warningCircle,
  'wifi-slash': wifiSlash,
  x,
} as const
