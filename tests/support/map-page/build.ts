import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { cesiumAssets } from '../../../scripts/cesium-assets.ts'

/** Builds the engine's own page and the two it is measured against, as the app is built; returns its folder and how to remove it. */
export async function buildMapPage(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'citydeck-map-page-'))
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: './',
    logLevel: 'error',
    plugins: [cesiumAssets(join(import.meta.dirname, '../../../node_modules/cesium/Build/Cesium'))],
    build: {
      outDir: folder,
      target: 'es2022',
      emptyOutDir: true,
      chunkSizeWarningLimit: 9000,
      rolldownOptions: {
        input: ['index', 'plain-cesium', 'plain-deck'].map((page) =>
          join(import.meta.dirname, `${page}.html`),
        ),
      },
    },
  })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
