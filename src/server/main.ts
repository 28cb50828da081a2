// The composition root: reads the machine's clock and random source and hands them on, puts the parts together, listens.
import { randomFillSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { facilityStream } from '#contract/streams.ts'
import { actPerformers } from '#server/acts/performers.ts'
import { CALL_LIMITS, type Config, readConfig, type WrongSetting } from '#server/config.ts'
import { consoleMessages, type PrintedAccount } from '#server/console-messages.template.ts'
import { hasOfficeDevice, makeJoinCode } from '#server/devices/join.ts'
import { RootIsBroken, type RootKeyFile } from '#server/devices/key-files.ts'
import type { MachineSources } from '#server/devices/make-context.ts'
import { buildApp } from '#server/http/build-app.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { prepareLedger } from '#server/ledger/prepare-ledger.ts'
import { type ChainEnds, chainEnds, noteProvedBackup } from '#server/ledger/proved-backups.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import { OtherKeys } from '#server/ledger/server-identity.ts'
import { foldingVersion, programVersion } from '#server/program-version.ts'
import { handOut, settleRoot } from '#server/reach/https-identity.ts'
import { listenHttps } from '#server/reach/listen-https.ts'
import { isLoopback, reachableHost } from '#server/reach/machine-names.ts'
import { StoreFault } from '#server/storage/ledger-store.ts'
import { makeFirstFacility, settleFirstStart } from '#server/tasks/first-start.ts'
import { holdData } from '#server/tasks/hold-data.ts'
import { startNightlyBackups } from '#server/tasks/nightly-backup.ts'
import { contentOf, openFacility } from '#server/tasks/open-facility.ts'
import { settleRestore } from '#server/tasks/restore-place.ts'
import { cardBook } from '#server/vault/cards.ts'
import { verifyPin } from '#server/vault/staff-keys.ts'

const EXIT_NOT_INCLUDED = 2
const CLOSE_MS_MAX = 5000

const machine: MachineSources = { nowMs: Date.now, random: (count) => randomFillSync(new Uint8Array(count)) }

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Ends the program with a sentence for the person at the console. */
class Stop extends Error {
  readonly exitCode: number
  constructor(sentence: string, exitCode = 1) {
    super(sentence)
    this.exitCode = exitCode
  }
}

async function fillFirst(config: Config): Promise<readonly PrintedAccount[]> {
  const { firstContent } = config
  if (firstContent.kind === 'demonstration') {
    say(consoleMessages.loadingDemonstration())
    const { seedDemonstration } = await import('#server/seed/demonstration/seed.ts')
    return makeFirstFacility(config, actPerformers, machine, (context) =>
      seedDemonstration(context, firstContent.facilityKind),
    )
  }
  say(consoleMessages.loadingCatalogue())
  const { seedCatalogue } = await import('#server/seed/catalogue/seed.ts')
  await makeFirstFacility(config, actPerformers, machine, seedCatalogue)
  return []
}

/** Opens the data folder, filling it at a first start; answers the accounts to print, if any were made. */
async function openData(config: Config): Promise<{ context: ServerContext; accounts: readonly PrintedAccount[] }> {
  const { dataDir, firstContent } = config
  settleRestore(dataDir)
  await settleFirstStart(config)
  const content = await contentOf(config)
  if (content === 'ledger-without-keys') throw new Stop(consoleMessages.keysAreMissing(dataDir))
  if (content === 'facility' && firstContent.kind === 'empty') throw new Stop(consoleMessages.ledgerIsThere(dataDir))
  const accounts = content === 'nothing' ? await fillFirst(config) : []
  const context = await openFacility(config, actPerformers, machine)
  if (content === 'facility' && config.contentIsNamed) await refuseOtherData(context, config)
  return { context, accounts }
}

/** Who names a demonstration and finds something else in the folder is told so: it is neither loaded nor passed over in silence. */
async function refuseOtherData(context: ServerContext, { dataDir, firstContent }: Config): Promise<void> {
  const { store, facilityId } = context
  const there = await store.read(facilityId, (view) => loadState(view, 'facility', facilityStream))
  const isWanted =
    firstContent.kind === 'demonstration' && there.demonstration && there.facilityKind === firstContent.facilityKind
  if (isWanted) return
  await store.close()
  throw new Stop(consoleMessages.otherDataIsThere(dataDir, { name: there.name, isDemonstration: there.demonstration }))
}

function wrongSetting({ name, value }: WrongSetting): string {
  if (value === null) return consoleMessages.wrongSetting(name)
  if (name === 'PORT') return consoleMessages.wrongPort(value)
  // An address of a database may hold a password.
  return name === 'DATABASE_URL' ? consoleMessages.wrongDatabaseUrl() : consoleMessages.wrongValue(name, value)
}

function urlOf({ host, port }: { host: string; port: number }): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  return `http://${isEverywhere || host === '127.0.0.1' ? 'localhost' : host}:${port}`
}

/** Listens on the second address too. Where nobody asked for its port and this machine alone is served, a port that is taken stops nothing. */
async function openHttps(
  { host, dataDir, https }: Config,
  root: RootKeyFile,
  app: FastifyInstance,
): Promise<(() => Promise<void>) | null> {
  const failed = () => say(consoleMessages.leafFailed())
  const place = { dataDir, host, port: https.port, names: https.names, root, failed }
  try {
    return await listenHttps(place, machine, (request, response) => app.routing(request, response))
  } catch (reason) {
    const isTaken = reason instanceof Error && 'code' in reason && reason.code === 'EADDRINUSE'
    if (!isTaken) throw reason
    if (https.isNamed || !isLoopback(host)) throw new Stop(consoleMessages.httpsPortTaken(https.port))
    say(consoleMessages.noHttps(https.port))
    return null
  }
}

function openNights(config: Config, context: ServerContext) {
  const { clock, facilityId, store } = context
  const { backupDir: folder } = config
  if (folder === null) return null
  return startNightlyBackups<ChainEnds>(config, { folder, facilityId }, clock.now, {
    begins: () => store.read(facilityId, (view) => chainEnds(view, context)),
    proved: (moment, held, kept) => store.transaction(facilityId, (tx) => noteProvedBackup(tx, moment, held, kept)),
    failed: () => say(consoleMessages.backupFailed(folder)),
  })
}

/** Tells the address for tablets, and where they learn to trust it; answers the address to join at. */
function sayHowToTrust({ host, https }: Config, port: number, url: string): string {
  if (isLoopback(host)) return url
  const reachable = reachableHost(host, https.names)
  const httpsUrl = `https://${reachable}:${https.port}`
  say(consoleMessages.readyHttps(httpsUrl, `http://${reachable}:${port}/trust`))
  return httpsUrl
}

async function sayHowToJoin(context: ServerContext, url: string): Promise<void> {
  const joinCode = await context.store.transaction(context.facilityId, async (tx) =>
    (await hasOfficeDevice(tx)) ? null : makeJoinCode(tx, context, 'office'),
  )
  if (joinCode !== null) say(consoleMessages.joinCode(url, joinCode.code))
}

function stopOnSignals(close: () => Promise<void>): void {
  const stop = () => {
    say(consoleMessages.stopping())
    setTimeout(() => process.exit(1), CLOSE_MS_MAX).unref()
    void close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

/** Asks for the address and gives it back: a port that is taken is to be known before a first start fills the folder. */
function probeAddress({ host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ host, port }, () => probe.close(() => resolve()))
  })
}

async function serve(config: Config): Promise<void> {
  await probeAddress(config)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  // Never given back while the process lives: a restore, or a second server on the same file, is refused meanwhile.
  const hold = await holdData(config, 'shared')
  if (hold === null) throw new Stop(consoleMessages.storeIsBusy())
  const { context, accounts } = await openData(config)
  const version = programVersion()
  await prepareLedger(context, foldingVersion(), () => say(consoleMessages.foldingAgain()))
  const pagesDir = fileURLToPath(new URL('../../dist/client', import.meta.url))
  const { https } = config
  const root = https.port === 0 ? null : await settleRoot(config.dataDir, machine)
  const reach = { root: root === null ? null : handOut(root), httpsPort: null as number | null }
  let nights: ReturnType<typeof startNightlyBackups> | null = null
  const app = await buildApp({
    context,
    reach,
    ...(config.backupDir === null ? {} : { backup: () => nights?.state() ?? { at: null, ok: true } }),
    parts: { verifyPin, cardBook },
    limits: CALL_LIMITS,
    pagesDir,
    version,
    log: say,
  })
  const closeHttps = root === null ? null : await openHttps(config, root, app)
  if (closeHttps !== null) reach.httpsPort = https.port
  stopOnSignals(async () => {
    nights?.stop()
    await closeHttps?.()
    await app.close()
    await context.store.close()
    await hold.release()
  })
  await app.listen({ host: config.host, port: config.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const url = urlOf({ host: config.host, port })
  say(consoleMessages.ready(url))
  nights = openNights(config, context)
  if (accounts.length > 0) say(consoleMessages.accounts(accounts, join(config.dataDir, 'demo-accounts.json')))
  await sayHowToJoin(context, closeHttps === null ? url : sayHowToTrust(config, port, url))
}

function sentenceOf(reason: unknown, config: Config): string | null {
  const { dataDir, port, host } = config
  if (reason instanceof StoreFault) {
    const sentences = {
      full: consoleMessages.storeIsFull(),
      busy: consoleMessages.storeIsBusy(),
      broken: config.databaseUrl === null ? consoleMessages.storeIsBroken(dataDir) : consoleMessages.databaseIsUnsafe(),
      away: consoleMessages.databaseIsAway(),
    }
    return sentences[reason.reason]
  }
  if (reason instanceof RootIsBroken) return consoleMessages.rootIsBroken(dataDir)
  if (reason instanceof OtherKeys) return consoleMessages.databaseHasOtherKeys(dataDir)
  if (reason instanceof Error && reason.name === 'ZodError') return consoleMessages.keysAreBroken(dataDir)
  if (reason instanceof SyntaxError) return consoleMessages.keysAreBroken(dataDir)
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : ''
  const isListening =
    reason instanceof Error && 'syscall' in reason && (reason.syscall === 'listen' || reason.syscall === 'getaddrinfo')
  if (code === 'EADDRINUSE') return consoleMessages.portTaken(port)
  if (isListening && code === 'EACCES') return consoleMessages.portForbidden(port)
  if (isListening) return consoleMessages.hostUnknown(host)
  return /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/.test(code) ? consoleMessages.noDataDir(dataDir) : null
}

async function main(): Promise<void> {
  const read = readConfig(process.argv.slice(2), process.env)
  if (!read.ok) throw new Stop(wrongSetting(read.wrong))
  if (read.config.province) throw new Stop(consoleMessages.noProvince(), EXIT_NOT_INCLUDED)
  try {
    await serve(read.config)
  } catch (reason) {
    const sentence = sentenceOf(reason, read.config)
    throw sentence === null ? reason : new Stop(sentence)
  }
}

// Everything this program writes is for its own user alone.
process.umask(0o077)
try {
  await main()
} catch (reason) {
  process.stderr.write(
    `${reason instanceof Stop ? reason.message : reason instanceof Error ? reason.stack : String(reason)}\n`,
  )
  process.exit(reason instanceof Stop ? reason.exitCode : 1)
}
