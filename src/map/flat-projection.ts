import type { EnuMetres, RegionShape } from '../contracts/map-layer.ts'
import type { Frame } from './engine/city-camera.ts'

/** Ground metres to CSS pixels, north up, the city as large as the frame allows; undefined while there is nothing to fit. */
export function flatProjection(
  shapes: readonly RegionShape[],
  frame: Frame,
): (at: EnuMetres) => { x: number; y: number } | undefined {
  const points = shapes.flatMap(({ polygons }) => polygons.flat(2))
  const { width, height, insets } = frame
  if (points.length === 0 || width === 0 || height === 0) return () => undefined
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  const room = { width: width - insets.left - insets.right, height: height - insets.top - insets.bottom }
  const scale = Math.min(room.width / (east - west), room.height / (north - south))
  const left = insets.left + (room.width - (east - west) * scale) / 2
  const top = insets.top + (room.height - (north - south) * scale) / 2
  return ([x, y]) => ({ x: left + (x - west) * scale, y: top + (north - y) * scale })
}
