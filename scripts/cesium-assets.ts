import { cpSync, createReadStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'

/** What the engine can ask for at run time without globe, sky, stars and ion: workers, decoders and the sun's position tables. */
const KEPT = ['Workers', 'ThirdParty', 'Assets/IAU2006_XYS', 'Assets/approximateTerrainHeights.json']

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

/** Serves Cesium's static files under /cesium/ in development and copies the same ones into the built app. */
export function cesiumAssets(source = resolve('node_modules/cesium/Build/Cesium')): Plugin {
  let outFolder = ''
  let base = '/'
  let building = false
  return {
    name: 'cesium-assets',
    configResolved(config) {
      outFolder = resolve(config.root, config.build.outDir)
      base = config.base
      building = config.command === 'build'
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = assetFile(source, `${base}cesium/`, request.url ?? '')
        if (!file) return next()
        response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
        createReadStream(file).pipe(response)
      })
    },
    closeBundle() {
      if (!building) return
      for (const kept of KEPT) {
        const target = join(outFolder, 'cesium', kept)
        mkdirSync(dirname(target), { recursive: true })
        cpSync(join(source, kept), target, { recursive: true })
      }
    },
  }
}

/** The file behind a request, or undefined for what is not ours: outside the kept folders, a climb out of them, not a file. */
export function assetFile(source: string, prefix: string, url: string): string | undefined {
  const path = decodeURIComponent(url.split('?')[0] ?? '')
  if (!path.startsWith(prefix)) return undefined
  const file = resolve(source, path.slice(prefix.length))
  const kept = KEPT.some(
    (entry) => file === join(source, entry) || file.startsWith(join(source, entry) + sep),
  )
  return kept && existsSync(file) && statSync(file).isFile() ? file : undefined
}
