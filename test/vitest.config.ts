import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Everything but the real-browser tests. A file that needs a page asks for it: `// @vitest-environment happy-dom`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [vue()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/tools/**'],
    environment: 'node',
    // Makes a place for a PostgreSQL; it is started by the first test that asks for it, and stopped at the end.
    globalSetup: ['test/support/postgres-for-run.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    allowOnly: false,
    retry: 0,
  },
})
