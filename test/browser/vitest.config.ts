import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The real-browser tests: one after the other, since each starts a server and a Chromium of its own. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/browser/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 180_000,
    allowOnly: false,
    retry: 0,
  },
})
