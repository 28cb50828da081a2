// Sends notes written on this device. They go before the entries that name them, sealed as they lie here.
import { z } from 'zod'
import type { ProblemCode } from '#contract/problem.ts'
import type { PrivateStore } from '#client/storage/private-store.ts'
import type { Transport } from './transport.ts'

const NOTES_MAX = 200

/** Sends unsent notes; null when all are sent, else why not. Faults: offline, timeout, storage-full, storage-broken. */
export async function pushNotes(store: PrivateStore, transport: Transport): Promise<ProblemCode | null> {
  for (;;) {
    const rows = await store.unsentNotes(NOTES_MAX)
    if (rows.length === 0) return null
    const answer = await transport.json({ method: 'POST', path: '/api/sync/notes', json: { rows } }, z.unknown())
    if (!answer.ok) return answer.problem.code
    await store.notesSent(rows)
  }
}
