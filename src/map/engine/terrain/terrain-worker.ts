import { EnuFrame } from '../enu-frame.ts'
import type { TerrainJob } from './load-terrain.ts'
import { terrainOf } from './read-terrain.ts'

addEventListener('message', ({ data: { files, origin } }: MessageEvent<TerrainJob>) => {
  const field = terrainOf(files, new EnuFrame(origin.longitude, origin.latitude))
  const parts = field ? [field.positions, field.indices, field.starts, field.triangles] : []
  postMessage(field, { transfer: parts.map(({ buffer }) => buffer) })
})
