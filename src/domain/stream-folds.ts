// One fold per family of streams: what a list of entries means. The same on the tablet and on the server.
import type { RecordedEntry } from '#contract/envelope.ts'
import type { StreamFamily } from '#contract/streams.ts'
import {
  emptyFacility,
  emptyProvider,
  emptyRoom,
  emptyStaff,
  foldFacility,
  foldProvider,
  foldRoom,
  foldStaff,
} from './access/fold.ts'
import { emptyDevice, foldDevice } from './access/fold-device.ts'
import { emptyAssessment, foldAssessment } from './assessment/fold.ts'
import { emptySession, foldSession } from './attendance/fold.ts'
import { emptyCatalogue, foldCatalogue } from './catalogue/fold.ts'
import { emptyCertificates, foldCertificates } from './certificate/fold.ts'
import { emptyRoster, foldRoster } from './enrollment/fold.ts'
import type { StreamStates } from './stream-states.ts'
import { emptyTrainee, emptyWishes, foldTrainee, foldWishes } from './trainee/fold.ts'
import { emptyClass, foldClass } from './training-class/fold.ts'

type Folds = {
  readonly [F in StreamFamily]: {
    readonly empty: StreamStates[F]
    readonly fold: (state: StreamStates[F], recorded: RecordedEntry) => StreamStates[F]
  }
}

const folds: Folds = {
  facility: { empty: emptyFacility, fold: foldFacility },
  catalogue: { empty: emptyCatalogue, fold: foldCatalogue },
  provider: { empty: emptyProvider, fold: foldProvider },
  room: { empty: emptyRoom, fold: foldRoom },
  staff: { empty: emptyStaff, fold: foldStaff },
  device: { empty: emptyDevice, fold: foldDevice },
  trainee: { empty: emptyTrainee, fold: foldTrainee },
  wishes: { empty: emptyWishes, fold: foldWishes },
  class: { empty: emptyClass, fold: foldClass },
  roster: { empty: emptyRoster, fold: foldRoster },
  session: { empty: emptySession, fold: foldSession },
  assessment: { empty: emptyAssessment, fold: foldAssessment },
  certificates: { empty: emptyCertificates, fold: foldCertificates },
}

/** The state of a stream nobody has written to yet. */
export function emptyState<F extends StreamFamily>(family: F): StreamStates[F] {
  return folds[family].empty
}

/** The state after one more entry of the stream. Kinds this version does not know change nothing. Pure. @rule LED-5 */
export function foldEntry<F extends StreamFamily>(
  family: F,
  state: StreamStates[F],
  recorded: RecordedEntry,
): StreamStates[F] {
  return folds[family].fold(state, recorded)
}

/** The state after several entries of one stream, ascending by position, pending ones last. */
export function foldEntries<F extends StreamFamily>(
  family: F,
  state: StreamStates[F],
  recordeds: readonly RecordedEntry[],
): StreamStates[F] {
  return recordeds.reduce((folded, recorded) => foldEntry(family, folded, recorded), state)
}
