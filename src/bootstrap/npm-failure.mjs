/** Turns what npm printed into one plain sentence. Pure. */
import { messages } from './messages.mjs'

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|CERT_|SELF_SIGNED/

/** The sentence for a failed npm, with npm's own error lines before it where the sentence cannot know the cause. */
export function explainNpmFailure({ code, text }, what) {
  if (code === 127) return messages.noNpm()
  if (/ENOSPC/.test(text)) return messages.noSpace(what)
  if (/EUSAGE/.test(text)) return messages.lockOutOfStep()
  if (NETWORK.test(text)) return messages.noNetwork(what)
  if (/EACCES|EPERM|EROFS/.test(text)) return messages.noPermission(what)
  const errors = text.split('\n').filter((line) => /^npm (error|ERR!)/.test(line))
  return `${(errors.length > 0 ? errors : text.split('\n')).slice(0, 20).join('\n')}\n${messages.fetchFailed(what)}`
}
