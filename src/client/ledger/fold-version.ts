// Raised whenever a fold or the shape of a state changes: snapshots of an older number are folded again from the stored pages.

/** The number of the present folds. */
export const FOLD_VERSION = 1
