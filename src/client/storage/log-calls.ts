// What a window and its worker say to each other about the logs.
import type { Frame } from './framed-log.ts'
import type { LogKind } from './log-files.ts'

/** A call to the worker; `folder` comes first. */
export type LogCall =
  | { readonly name: 'folder'; readonly folder: string; readonly patienceMs: number }
  | { readonly name: 'open'; readonly kind: LogKind }
  | { readonly name: 'append'; readonly log: string; readonly frames: readonly Frame[] }
  | { readonly name: 'bodies'; readonly log: string; readonly from: number; readonly until: number }
  | { readonly name: 'rewrite'; readonly log: string; readonly frames: readonly Frame[] }
  | { readonly name: 'clear'; readonly log: string }
  | { readonly name: 'close' }

/** Its answer; an error keeps the name the browser gave it, which tells a full disk from a held file. */
export type LogAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string }
