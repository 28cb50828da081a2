// What a failure of PostgreSQL means to the one who called.
import { DatabaseError } from 'pg'
import { StoreFault } from '../ledger-store.ts'

/** Serialization failure and deadlock: nothing was done, and doing it again may well succeed. */
const AGAIN = new Set(['40001', '40P01'])

/** No disk, no memory. */
const FULL = new Set(['53100', '53200'])
/** Lock timeout, statement cancelled, too many connections, a database that is starting or stopping. */
const BUSY = new Set(['55P03', '57014', '53300', '57P03'])
const AWAY = /^(08\w{3}|57P01|57P02|28\w{3}|3D000)$/
const BROKEN = /^(58\w{3}|XX00[12]|25006)$/

const codeOf = (reason: unknown) => (reason instanceof Error && 'code' in reason ? String(reason.code) : '')

/** Whether the whole transaction may simply be done again. */
export const isWorthAnotherTry = (reason: unknown): boolean => AGAIN.has(codeOf(reason))

const LOST_CALL = /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/
const LOST_IN_WORDS = /connection (terminated|ended|timeout)|timeout exceeded when trying to connect|not queryable/i

/** Whether the connection is gone: by the code of the server or of a system call, or in words of the driver's own. */
export function isConnectionLost(reason: unknown): boolean {
  const code = codeOf(reason)
  if (AWAY.test(code) || LOST_CALL.test(code)) return true
  if (reason instanceof AggregateError) return reason.errors.some(isConnectionLost)
  return reason instanceof Error && !(reason instanceof DatabaseError) && LOST_IN_WORDS.test(reason.message)
}

/** Turns what the driver threw into a StoreFault where the world failed; what is a bug is handed back as it is. */
export function asFault(reason: unknown): unknown {
  if (reason instanceof StoreFault) return reason
  const code = codeOf(reason)
  if (FULL.has(code)) return new StoreFault('full', reason)
  if (BUSY.has(code) || AGAIN.has(code)) return new StoreFault('busy', reason)
  if (BROKEN.test(code)) return new StoreFault('broken', reason)
  return isConnectionLost(reason) ? new StoreFault('away', reason) : reason
}
