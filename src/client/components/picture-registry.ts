// The pictures of plates and stations, by the names the catalogue uses: Phosphor 2.1.1 duotone (MIT licence), and our own where it has none.
// Each is its own small file, fetched where it is shown and kept by the service worker. A name that is not listed shows a road.
import embroidery from '#client/components/pictures/embroidery.svg?no-inline'
import iron from '#client/components/pictures/iron.svg?no-inline'
import lathe from '#client/components/pictures/lathe.svg?no-inline'
import sewingMachine from '#client/components/pictures/sewing-machine.svg?no-inline'
import thread from '#client/components/pictures/thread.svg?no-inline'
import trowel from '#client/components/pictures/trowel.svg?no-inline'
import welding from '#client/components/pictures/welding.svg?no-inline'
import armchair from '@phosphor-icons/core/duotone/armchair-duotone.svg?no-inline'
import arrowCounterClockwise from '@phosphor-icons/core/duotone/arrow-counter-clockwise-duotone.svg?no-inline'
import baby from '@phosphor-icons/core/duotone/baby-duotone.svg?no-inline'
import barcode from '@phosphor-icons/core/duotone/barcode-duotone.svg?no-inline'
import bathtub from '@phosphor-icons/core/duotone/bathtub-duotone.svg?no-inline'
import bed from '@phosphor-icons/core/duotone/bed-duotone.svg?no-inline'
import blueprint from '@phosphor-icons/core/duotone/blueprint-duotone.svg?no-inline'
import bookOpen from '@phosphor-icons/core/duotone/book-open-duotone.svg?no-inline'
import bowlFood from '@phosphor-icons/core/duotone/bowl-food-duotone.svg?no-inline'
import bowlSteam from '@phosphor-icons/core/duotone/bowl-steam-duotone.svg?no-inline'
import broom from '@phosphor-icons/core/duotone/broom-duotone.svg?no-inline'
import buildings from '@phosphor-icons/core/duotone/buildings-duotone.svg?no-inline'
import cake from '@phosphor-icons/core/duotone/cake-duotone.svg?no-inline'
import calendarCheck from '@phosphor-icons/core/duotone/calendar-check-duotone.svg?no-inline'
import callBell from '@phosphor-icons/core/duotone/call-bell-duotone.svg?no-inline'
import camera from '@phosphor-icons/core/duotone/camera-duotone.svg?no-inline'
import car from '@phosphor-icons/core/duotone/car-duotone.svg?no-inline'
import carProfile from '@phosphor-icons/core/duotone/car-profile-duotone.svg?no-inline'
import carrot from '@phosphor-icons/core/duotone/carrot-duotone.svg?no-inline'
import certificate from '@phosphor-icons/core/duotone/certificate-duotone.svg?no-inline'
import chalkboardTeacher from '@phosphor-icons/core/duotone/chalkboard-teacher-duotone.svg?no-inline'
import chartBar from '@phosphor-icons/core/duotone/chart-bar-duotone.svg?no-inline'
import chats from '@phosphor-icons/core/duotone/chats-duotone.svg?no-inline'
import checkCircle from '@phosphor-icons/core/duotone/check-circle-duotone.svg?no-inline'
import clipboardText from '@phosphor-icons/core/duotone/clipboard-text-duotone.svg?no-inline'
import clock from '@phosphor-icons/core/duotone/clock-duotone.svg?no-inline'
import coatHanger from '@phosphor-icons/core/duotone/coat-hanger-duotone.svg?no-inline'
import cookie from '@phosphor-icons/core/duotone/cookie-duotone.svg?no-inline'
import cookingPot from '@phosphor-icons/core/duotone/cooking-pot-duotone.svg?no-inline'
import desktop from '@phosphor-icons/core/duotone/desktop-duotone.svg?no-inline'
import deviceTablet from '@phosphor-icons/core/duotone/device-tablet-duotone.svg?no-inline'
import drop from '@phosphor-icons/core/duotone/drop-duotone.svg?no-inline'
import dropHalf from '@phosphor-icons/core/duotone/drop-half-duotone.svg?no-inline'
import exam from '@phosphor-icons/core/duotone/exam-duotone.svg?no-inline'
import eye from '@phosphor-icons/core/duotone/eye-duotone.svg?no-inline'
import fire from '@phosphor-icons/core/duotone/fire-duotone.svg?no-inline'
import flag from '@phosphor-icons/core/duotone/flag-duotone.svg?no-inline'
import flame from '@phosphor-icons/core/duotone/flame-duotone.svg?no-inline'
import flowerLotus from '@phosphor-icons/core/duotone/flower-lotus-duotone.svg?no-inline'
import forkKnife from '@phosphor-icons/core/duotone/fork-knife-duotone.svg?no-inline'
import frameCorners from '@phosphor-icons/core/duotone/frame-corners-duotone.svg?no-inline'
import gearFine from '@phosphor-icons/core/duotone/gear-fine-duotone.svg?no-inline'
import gearSix from '@phosphor-icons/core/duotone/gear-six-duotone.svg?no-inline'
import graduationCap from '@phosphor-icons/core/duotone/graduation-cap-duotone.svg?no-inline'
import grains from '@phosphor-icons/core/duotone/grains-duotone.svg?no-inline'
import hairDryer from '@phosphor-icons/core/duotone/hair-dryer-duotone.svg?no-inline'
import hammer from '@phosphor-icons/core/duotone/hammer-duotone.svg?no-inline'
import handGrabbing from '@phosphor-icons/core/duotone/hand-grabbing-duotone.svg?no-inline'
import handHeart from '@phosphor-icons/core/duotone/hand-heart-duotone.svg?no-inline'
import handWaving from '@phosphor-icons/core/duotone/hand-waving-duotone.svg?no-inline'
import handbag from '@phosphor-icons/core/duotone/handbag-duotone.svg?no-inline'
import heart from '@phosphor-icons/core/duotone/heart-duotone.svg?no-inline'
import hourglassMedium from '@phosphor-icons/core/duotone/hourglass-medium-duotone.svg?no-inline'
import house from '@phosphor-icons/core/duotone/house-duotone.svg?no-inline'
import houseLine from '@phosphor-icons/core/duotone/house-line-duotone.svg?no-inline'
import identificationCard from '@phosphor-icons/core/duotone/identification-card-duotone.svg?no-inline'
import key from '@phosphor-icons/core/duotone/key-duotone.svg?no-inline'
import keyboard from '@phosphor-icons/core/duotone/keyboard-duotone.svg?no-inline'
import knife from '@phosphor-icons/core/duotone/knife-duotone.svg?no-inline'
import lego from '@phosphor-icons/core/duotone/lego-duotone.svg?no-inline'
import lightbulb from '@phosphor-icons/core/duotone/lightbulb-duotone.svg?no-inline'
import lightning from '@phosphor-icons/core/duotone/lightning-duotone.svg?no-inline'
import lightningSlash from '@phosphor-icons/core/duotone/lightning-slash-duotone.svg?no-inline'
import listChecks from '@phosphor-icons/core/duotone/list-checks-duotone.svg?no-inline'
import lockKey from '@phosphor-icons/core/duotone/lock-key-duotone.svg?no-inline'
import magnifyingGlass from '@phosphor-icons/core/duotone/magnifying-glass-duotone.svg?no-inline'
import mapPin from '@phosphor-icons/core/duotone/map-pin-duotone.svg?no-inline'
import money from '@phosphor-icons/core/duotone/money-duotone.svg?no-inline'
import moped from '@phosphor-icons/core/duotone/moped-duotone.svg?no-inline'
import needle from '@phosphor-icons/core/duotone/needle-duotone.svg?no-inline'
import notePencil from '@phosphor-icons/core/duotone/note-pencil-duotone.svg?no-inline'
import notebook from '@phosphor-icons/core/duotone/notebook-duotone.svg?no-inline'
import oven from '@phosphor-icons/core/duotone/oven-duotone.svg?no-inline'
import packageBox from '@phosphor-icons/core/duotone/package-duotone.svg?no-inline'
import palette from '@phosphor-icons/core/duotone/palette-duotone.svg?no-inline'
import path from '@phosphor-icons/core/duotone/path-duotone.svg?no-inline'
import pencilLine from '@phosphor-icons/core/duotone/pencil-line-duotone.svg?no-inline'
import pencilRuler from '@phosphor-icons/core/duotone/pencil-ruler-duotone.svg?no-inline'
import plant from '@phosphor-icons/core/duotone/plant-duotone.svg?no-inline'
import power from '@phosphor-icons/core/duotone/power-duotone.svg?no-inline'
import printer from '@phosphor-icons/core/duotone/printer-duotone.svg?no-inline'
import puzzlePiece from '@phosphor-icons/core/duotone/puzzle-piece-duotone.svg?no-inline'
import roadHorizon from '@phosphor-icons/core/duotone/road-horizon-duotone.svg?no-inline'
import ruler from '@phosphor-icons/core/duotone/ruler-duotone.svg?no-inline'
import scales from '@phosphor-icons/core/duotone/scales-duotone.svg?no-inline'
import scissors from '@phosphor-icons/core/duotone/scissors-duotone.svg?no-inline'
import sealCheck from '@phosphor-icons/core/duotone/seal-check-duotone.svg?no-inline'
import shovel from '@phosphor-icons/core/duotone/shovel-duotone.svg?no-inline'
import shower from '@phosphor-icons/core/duotone/shower-duotone.svg?no-inline'
import signpost from '@phosphor-icons/core/duotone/signpost-duotone.svg?no-inline'
import speakerHigh from '@phosphor-icons/core/duotone/speaker-high-duotone.svg?no-inline'
import sprayBottle from '@phosphor-icons/core/duotone/spray-bottle-duotone.svg?no-inline'
import steeringWheel from '@phosphor-icons/core/duotone/steering-wheel-duotone.svg?no-inline'
import storefront from '@phosphor-icons/core/duotone/storefront-duotone.svg?no-inline'
import tShirt from '@phosphor-icons/core/duotone/t-shirt-duotone.svg?no-inline'
import tag from '@phosphor-icons/core/duotone/tag-duotone.svg?no-inline'
import teaBag from '@phosphor-icons/core/duotone/tea-bag-duotone.svg?no-inline'
import towel from '@phosphor-icons/core/duotone/towel-duotone.svg?no-inline'
import tree from '@phosphor-icons/core/duotone/tree-duotone.svg?no-inline'
import umbrella from '@phosphor-icons/core/duotone/umbrella-duotone.svg?no-inline'
import userCheck from '@phosphor-icons/core/duotone/user-check-duotone.svg?no-inline'
import user from '@phosphor-icons/core/duotone/user-duotone.svg?no-inline'
import users from '@phosphor-icons/core/duotone/users-duotone.svg?no-inline'
import usersThree from '@phosphor-icons/core/duotone/users-three-duotone.svg?no-inline'
import videoCamera from '@phosphor-icons/core/duotone/video-camera-duotone.svg?no-inline'
import wall from '@phosphor-icons/core/duotone/wall-duotone.svg?no-inline'
import washingMachine from '@phosphor-icons/core/duotone/washing-machine-duotone.svg?no-inline'
import wheelchair from '@phosphor-icons/core/duotone/wheelchair-duotone.svg?no-inline'
import wrench from '@phosphor-icons/core/duotone/wrench-duotone.svg?no-inline'
import yarn from '@phosphor-icons/core/duotone/yarn-duotone.svg?no-inline'

const pictures: Readonly<Record<string, string>> = {
  armchair,
  'arrow-counter-clockwise': arrowCounterClockwise,
  baby,
  barcode,
  bathtub,
  bed,
  blueprint,
  'book-open': bookOpen,
  'bowl-food': bowlFood,
  'bowl-steam': bowlSteam,
  broom,
  buildings,
  cake,
  'calendar-check': calendarCheck,
  'call-bell': callBell,
  camera,
  car,
  'car-profile': carProfile,
  carrot,
  certificate,
  'chalkboard-teacher': chalkboardTeacher,
  'chart-bar': chartBar,
  chats,
  'check-circle': checkCircle,
  'clipboard-text': clipboardText,
  clock,
  'coat-hanger': coatHanger,
  cookie,
  'cooking-pot': cookingPot,
  desktop,
  'device-tablet': deviceTablet,
  drop,
  'drop-half': dropHalf,
  embroidery,
  exam,
  eye,
  fire,
  flag,
  flame,
  'flower-lotus': flowerLotus,
  'fork-knife': forkKnife,
  'frame-corners': frameCorners,
  'gear-fine': gearFine,
  'gear-six': gearSix,
  'graduation-cap': graduationCap,
  grains,
  'hair-dryer': hairDryer,
  hammer,
  'hand-grabbing': handGrabbing,
  'hand-heart': handHeart,
  'hand-waving': handWaving,
  handbag,
  heart,
  'hourglass-medium': hourglassMedium,
  house,
  'house-line': houseLine,
  'identification-card': identificationCard,
  iron,
  key,
  keyboard,
  knife,
  lathe,
  lego,
  lightbulb,
  lightning,
  'lightning-slash': lightningSlash,
  'list-checks': listChecks,
  'lock-key': lockKey,
  'magnifying-glass': magnifyingGlass,
  'map-pin': mapPin,
  money,
  moped,
  needle,
  'note-pencil': notePencil,
  notebook,
  oven,
  package: packageBox,
  palette,
  path,
  'pencil-line': pencilLine,
  'pencil-ruler': pencilRuler,
  plant,
  power,
  printer,
  'puzzle-piece': puzzlePiece,
  'road-horizon': roadHorizon,
  ruler,
  scales,
  scissors,
  'seal-check': sealCheck,
  'sewing-machine': sewingMachine,
  shovel,
  shower,
  signpost,
  'speaker-high': speakerHigh,
  'spray-bottle': sprayBottle,
  'steering-wheel': steeringWheel,
  storefront,
  't-shirt': tShirt,
  tag,
  'tea-bag': teaBag,
  thread,
  towel,
  tree,
  trowel,
  umbrella,
  user,
  'user-check': userCheck,
  users,
  'users-three': usersThree,
  'video-camera': videoCamera,
  wall,
  'washing-machine': washingMachine,
  welding,
  wheelchair,
  wrench,
  yarn,
}

/** The names a plate can show. */
export const pictureNames: readonly string[] = Object.keys(pictures)

/** The address of a picture's drawing, to be used as a mask; the road for a name nobody drew. */
export function pictureAddress(name: string): string {
  return pictures[name] ?? roadHorizon
}
