// Which version of the program this is.
import { readFileSync } from 'node:fs'
import { FOLD_VERSION } from '#domain/fold-version.ts'

/** Reads the version from the package. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}

/** Reads which folds this program has: states another one folded are folded again. */
export function foldingVersion(): string {
  return `${programVersion()} folds ${String(FOLD_VERSION)}`
}
