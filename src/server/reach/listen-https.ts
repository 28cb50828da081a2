// The second address of the same application: https under the facility's own root.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { RootKeyFile } from '#server/devices/key-files.ts'
import type { CertificateSources } from './certificates.ts'
import { settleLeaf, tlsMaterial } from './https-identity.ts'
import { machineNames } from './machine-names.ts'

const REQUEST_MS = 120_000
/** Addresses change with the cable and the router; a leaf is made anew without a restart. */
const LOOK_MS = 3_600_000

/** Where to listen, and with what. `failed` hears of a leaf that could not be made anew: the one before goes on. */
export interface HttpsPlace {
  readonly dataDir: string
  readonly host: string
  readonly port: number
  readonly names: readonly string[]
  readonly root: RootKeyFile
  readonly failed: (reason: unknown) => void
}

/** Listens and hands every request on; the answer ends it. Throws what the socket throws. */
export async function listenHttps(
  { dataDir, host, port, names, root, failed }: HttpsPlace,
  sources: CertificateSources,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<() => Promise<void>> {
  const settle = () => settleLeaf(dataDir, root, machineNames(host, names), sources)
  let leaf = await settle()
  const server = createServer({ ...tlsMaterial(leaf, root), requestTimeout: REQUEST_MS }, answer)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const look = async () => {
    const now = await settle()
    if (now.certificate === leaf.certificate) return
    leaf = now
    server.setSecureContext(tlsMaterial(leaf, root))
  }
  const timer = setInterval(() => void look().catch(failed), LOOK_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    await closed
  }
}
