import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { assetFile } from './cesium-assets.ts'

const source = resolve('node_modules/cesium/Build/Cesium')

it('serves kept files and nothing else', () => {
  expect(assetFile(source, '/cesium/', '/cesium/Workers/createRectangleGeometry.js?v=1')).toBe(
    resolve(source, 'Workers/createRectangleGeometry.js'),
  )
  for (const url of [
    '/cesium/Cesium.js',
    '/cesium/Workers',
    '/cesium/Workers/../Cesium.js',
    '/cesium/%2e%2e/%2e%2e/package.json',
    '/api/x',
  ]) {
    expect(assetFile(source, '/cesium/', url)).toBeUndefined()
  }
})

it('copies assets of the cesium release that carries the installed engine', () => {
  const read = (name: string): { dependencies: Record<string, string>; version: string } =>
    JSON.parse(readFileSync(resolve('node_modules', name, 'package.json'), 'utf8')) as never
  expect(read('cesium').dependencies['@cesium/engine']?.replace(/^[\^~]/, '')).toBe(
    read('@cesium/engine').version,
  )
})
