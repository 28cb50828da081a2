// Raised whenever a fold or the shape of a state changes: tablet and server then fold their entries again.

/** The number of the present folds; a snapshot of another number is not read. */
export const FOLD_VERSION = 5
