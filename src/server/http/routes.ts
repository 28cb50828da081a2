// Every route there is.
import type { App } from './app.ts'
import { registerActs } from './routes/acts.ts'
import { registerBatchFiles } from './routes/batch-files.ts'
import { registerDevices } from './routes/devices.ts'
import { registerDocumentation } from './routes/documentation.ts'
import { registerHealth } from './routes/health.ts'
import { registerPaperRoutes } from './routes/papers.ts'
import { registerPrivateRows } from './routes/private-rows.ts'
import { registerRosterImportRoutes } from './routes/roster-imports.ts'
import { registerSetup, registerSignIn } from './routes/sign-in.ts'
import { registerSync } from './routes/sync.ts'
import { registerSyncEvents } from './routes/sync-events.ts'
import { registerTrust } from './routes/trust.ts'

/** Registers them all. */
export function registerRoutes(app: App): void {
  registerHealth(app)
  registerDocumentation(app)
  registerDevices(app)
  registerSetup(app)
  registerSignIn(app)
  registerActs(app)
  registerSync(app)
  registerSyncEvents(app)
  registerPrivateRows(app)
  registerBatchFiles(app)
  registerRosterImportRoutes(app)
  registerPaperRoutes(app)
  registerTrust(app)
}
