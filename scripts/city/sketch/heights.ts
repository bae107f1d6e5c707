import type { LonLat } from '../regions/geojson.ts'
import type { TerrainSource } from '../tiles/terrain-mesh.ts'
import type { Place } from './sources.ts'

/** Cells along the longer side of the sketched terrain: two levels of tiles. */
const CELLS = 500

/**
 * Heights between a few dozen spot heights, by inverse squared distance (Shepard 1968). True at the places, a guess between
 * them, and smooth where the land is not.
 */
export function sketchHeights(places: readonly Place[], outline: readonly LonLat[]): TerrainSource {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)]
  const shrink = Math.cos(((ys[0] ?? 0) * Math.PI) / 180)
  const spots = places.filter(({ height }) => height !== 0)
  return {
    west: Math.min(...xs),
    east: Math.max(...xs),
    south: Math.min(...ys),
    north: Math.max(...ys),
    cells: CELLS,
    heightAt(longitude, latitude) {
      let [sum, weights] = [0, 0]
      for (const { at, height } of spots) {
        const weight = 1 / (((at[0] - longitude) * shrink) ** 2 + (at[1] - latitude) ** 2 + 1e-5)
        sum += height * weight
        weights += weight
      }
      return weights > 0 ? sum / weights : undefined
    },
  }
}
