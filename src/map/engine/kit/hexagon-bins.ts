import type { Rgba } from '../../../contracts/map-kit.ts'
import type { EnuMetres } from '../../../contracts/map-layer.ts'
import type { Area } from './area-geometry.ts'
import { heatColour } from './heat-grid.ts'

export interface HexagonBin {
  center: EnuMetres
  count: number
}

/**
 * Counts points in a grid of flat hexagons with that radius (corner to centre, metres). Nearest centre by cube rounding
 * (redblobgames.com/grids/hexagons, "pixel to hex").
 * @param positions three metres a point
 */
export function binHexagons(positions: Float32Array, radius: number): HexagonBin[] {
  const bins = new Map<string, HexagonBin>()
  for (let at = 0; at < positions.length; at += 3) {
    const [east, north] = [positions[at]!, positions[at + 1]!]
    const [q, r] = roundCube(((Math.sqrt(3) / 3) * east - north / 3) / radius, ((2 / 3) * north) / radius)
    const key = `${q},${r}`
    const bin = bins.get(key)
    if (bin) bin.count++
    else
      bins.set(key, {
        center: [radius * Math.sqrt(3) * (q + r / 2), radius * 1.5 * r, positions[at + 2]!],
        count: 1,
      })
  }
  return [...bins.values()]
}

/** Standing hexagons, as high and as bright as they are full; the fullest is `height` metres high. */
export function hexagonAreas(positions: Float32Array, radius: number, height: number): Area[] {
  const bins = binHexagons(positions, radius)
  const most = bins.reduce((top, { count }) => Math.max(top, count), 1)
  return bins.map(({ center, count }) => {
    const [red, green, blue] = heatColour(0.25 + (0.75 * count) / most)
    const fill: Rgba = [red, green, blue, 255]
    return {
      polygon: [hexagonRing(center, radius)],
      fill,
      height: (height * count) / most,
      row: undefined,
    }
  })
}

/** Six corners, a little inside so that neighbours show a gap. */
function hexagonRing([east, north, up]: EnuMetres, radius: number): EnuMetres[] {
  return [0, 1, 2, 3, 4, 5].map((corner) => {
    const angle = ((60 * corner - 30) * Math.PI) / 180
    return [east + radius * 0.94 * Math.cos(angle), north + radius * 0.94 * Math.sin(angle), up]
  })
}

function roundCube(q: number, r: number): [number, number] {
  const s = -q - r
  const [rq, rr, rs] = [Math.round(q), Math.round(r), Math.round(s)]
  const [dq, dr, ds] = [Math.abs(rq - q), Math.abs(rr - r), Math.abs(rs - s)]
  if (dq > dr && dq > ds) return [-rr - rs || 0, rr]
  return dr > ds ? [rq, -rq - rs || 0] : [rq, rr]
}
