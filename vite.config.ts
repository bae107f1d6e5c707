import vue from '@vitejs/plugin-vue'
import type { Plugin, UserConfig } from 'vite'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { cesiumAssets } from './scripts/cesium-assets.ts'

/**
 * The gateway as plain JavaScript, so that `npm start` needs no loader: the gateway itself, the threads that own its stores
 * and read its sources, and the demo city's upstream. Packages stay outside the bundle.
 */
const gatewayBuild: UserConfig = {
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    target: 'node20',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: 'server/main.ts',
        'duckdb-worker': 'server/store/duckdb-worker.ts',
        'adapter-worker': 'server/ingest/adapter-worker.ts',
        'history-worker': 'server/features/history/history-worker.ts',
        upstream: 'mock-data/upstream/main.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
    },
  },
}

/** The heavy three are chunks of their own: budgets are kept for each, and none is on the way to the first figure. */
const appBuild = (outDir: string): UserConfig => ({
  build: {
    outDir,
    target: 'es2022',
    emptyOutDir: true,
    manifest: true,
    chunkSizeWarningLimit: 5000,
    // The gateway's policy lets fonts come as files only, and small ones inlined would make the style sheet wait for them.
    assetsInlineLimit: 0,
    // Every browser of the target knows modulepreload.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What loads chunks must not come to lie in one of the heavy three, which load chunks too.
            { name: 'preload', test: /vite\/preload-helper/, priority: 1 },
            // Panels share most of what they are made of: apart they weigh a fifth more than together.
            { name: 'panels', test: /src[\\/]panels[\\/]/ },
            { name: 'cesium', test: /node_modules[\\/]@?cesium[\\/]/ },
            {
              name: 'deck',
              test: /node_modules[\\/](@deck\.gl|@luma\.gl|@math\.gl|@loaders\.gl|@probe\.gl|mjolnir\.js)[\\/]/,
            },
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
          ],
        },
      },
    },
  },
})

/** The CSV reader and the signing of requests are Node's; a page without a gateway has a reader of its own and never signs. */
const pageAlias = {
  'csv-parse/sync': 'csv-parse/browser/esm/sync',
  'node:crypto': `${import.meta.dirname}/mock-data/static/no-node-crypto.ts`,
}

/**
 * Every browser of the target has XMLHttpRequest, which axios asks first, so that its way over `fetch` would never be taken: 4 kB
 * less before the first figure.
 */
const axiosByXhr: Plugin = {
  name: 'axios-by-xhr',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './fetch.js' && /axios[\\/]lib[\\/]adapters[\\/]adapters\.js$/.test(importer ?? '')
      ? '\0axios-without-fetch'
      : undefined,
  load: (id) => (id === '\0axios-without-fetch' ? 'export const getFetch = () => false' : undefined),
}

function buildOf(mode: string): UserConfig {
  if (mode === 'gateway') return gatewayBuild
  return appBuild(mode === 'static' ? 'dist-static' : 'dist/client')
}

/** Tests by what they need: a page, Node, the servers of `npm run services`, or a built gateway of their own. */
const testProjects: TestProjectConfiguration[] = [
  {
    extends: true,
    test: {
      name: 'app',
      environment: 'happy-dom',
      include: ['src/**/*.test.ts', 'tests/conformance/**/*.test.ts'],
    },
  },
  {
    extends: true,
    test: {
      name: 'server',
      environment: 'node',
      include: [
        'server/**/*.test.ts',
        'mock-data/**/*.test.ts',
        'scripts/**/*.test.ts',
        'tests/tools/**/*.test.ts',
      ],
      testTimeout: 20_000,
    },
  },
  {
    extends: true,
    test: {
      name: 'protocols',
      environment: 'node',
      include: ['tests/protocols/**/*.test.ts'],
      testTimeout: 60_000,
      hookTimeout: 90_000,
    },
  },
  {
    extends: true,
    test: {
      name: 'faults',
      environment: 'node',
      include: ['tests/faults/**/*.test.ts'],
      globalSetup: ['tests/support/own-folder.ts', 'tests/support/built.ts'],
      testTimeout: 120_000,
      hookTimeout: 120_000,
      fileParallelism: false,
    },
  },
]

export default defineConfig(({ mode }) => ({
  plugins: [vue(), ...(mode === 'gateway' ? [] : [cesiumAssets(), axiosByXhr])],
  ...buildOf(mode),
  resolve: { alias: mode === 'static' ? pageAlias : {} },
  // A constant, so that the app with a gateway carries nothing of the app without one.
  define: {
    'import.meta.env.VITE_STATIC': JSON.stringify(mode === 'static' ? '1' : '0'),
    __VUE_OPTIONS_API__: 'false',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: {
    restoreMocks: true,
    globalSetup: 'tests/support/own-folder.ts',
    projects: testProjects,
  },
}))
