import { readFileSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const manifest = JSON.parse(readFileSync('src/client/app/messages/manifest.json', 'utf8'))

export default defineConfig({
  plugins: [
    vue(),
    tailwindcss(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/client',
      filename: 'service-worker.ts',
      registerType: 'prompt',
      // The page registers the worker itself (src/client/app/service-worker-update.ts): no inline script, so a strict CSP holds.
      injectRegister: null,
      manifest,
      // The glob below already names every file the worker keeps.
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,svg,png,woff2}'],
        // Whole CJK fonts are fetched only where a page asks for them.
        globIgnores: ['service-worker.js', 'fonts/**'],
        maximumFileSizeToCacheInBytes: 1_500_000,
      },
    }),
  ],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // The app reads its sentences itself (src/client/app/message-text.ts).
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  },
  resolve: {
    // The build of today's browsers; the one the package names by default is of ES5.
    alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }],
  },
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    target: 'chrome137',
    reportCompressedSize: false,
    // A page opened later names its styles and the law beforehand; its other parts are small and are found on the way. Naming each of them costs
    // a slow tablet more than it saves.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, parts, { hostType }) =>
        hostType === 'html' ? parts : parts.filter((part) => /\.css$|\/law-/.test(part)),
    },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The rules and the shapes are needed together: forty small files less to ask for.
          groups: [{ name: 'law', test: /[\\/]src[\\/](contract|domain)[\\/]|[\\/]node_modules[\\/]zod[\\/]/ }],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
