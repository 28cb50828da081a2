/**
 * Installs the packages, only when they are not there already. Scope `app` is what npm start needs;
 * scope `all` adds the workspace test/tools, which holds what only tests and checks need.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fetched, messages } from './messages.mjs'
import { explainNpmFailure } from './npm-failure.mjs'
import { projectFolder, QUICK_TO_GIVE_UP, runNpm, say, Stop } from './processes.mjs'

const stampFile = join(projectFolder, 'node_modules', '.xincheng-install')
/** npm writes this at the end of an install: without it the folder is empty or half done. */
const npmsRecord = join(projectFolder, 'node_modules', '.package-lock.json')
const PLAIN = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional']

function lockHash() {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'package.json', 'test/tools/package.json'])
    hash.update(readFileSync(join(projectFolder, file)))
  return `${process.platform}-${process.arch} ${hash.digest('hex')}`
}

/** What was installed last, or null where this script has not seen an install reach its end. */
function readStamp() {
  if (!existsSync(stampFile)) return null
  const [scope, hash] = readFileSync(stampFile, 'utf8').trim().split('\n')
  return { scope, hash }
}

/**
 * `npm ci` on an empty or half-done folder; on a whole one `npm install --no-save`, which changes only what differs
 * and leaves the lock file alone. A scope never shrinks: npm start after npm test keeps the test tools.
 * @param {'app' | 'all'} scope
 */
export async function ensureInstalled(scope) {
  const stamp = readStamp()
  const hash = lockHash()
  if (stamp?.hash === hash && (stamp.scope === 'all' || stamp.scope === scope)) return
  const wanted = stamp?.scope === 'all' ? 'all' : scope
  say(messages.installing(wanted))
  const command = existsSync(npmsRecord) ? ['install', '--no-save'] : ['ci']
  const result = await runNpm([
    ...command,
    ...PLAIN,
    ...QUICK_TO_GIVE_UP,
    ...(wanted === 'app' ? ['--workspaces=false'] : []),
  ])
  if (result.code !== 0) throw new Stop(explainNpmFailure(result, fetched.packages))
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, `${wanted}\n${hash}\n`)
}
