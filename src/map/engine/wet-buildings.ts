import type { Cesium3DTileFeature } from '@cesium/engine'
import type { WetGround } from '../../contracts/map-drawing.ts'
import { NAMELESS_ROW } from './kit/kit-layer.ts'
import { insideRings } from './region-pick.ts'
import type { TileDepth } from './tile-depth.ts'

type Polygon = WetGround['polygons'][number]
type Depth = Pick<TileDepth, 'geometry'> & { url: string }
interface Box {
  west: number
  east: number
  south: number
  north: number
}

/** Which buildings of a tileset stand in water. Each tile is looked through once for each extent, and none while there is no water. */
export class WetBuildings {
  private ground: WetGround | undefined
  private areas: { polygon: Polygon; box: Box }[] = []
  private readonly rows = new Map<string, { geometry: TileDepth['geometry']; wet: ReadonlySet<number> }>()

  /** Returns true when that is another extent than before. */
  stand(ground: WetGround | undefined): boolean {
    if (ground === this.ground) return false
    this.ground = ground
    this.rows.clear()
    this.areas = (ground?.polygons ?? []).map((polygon) => ({ polygon, box: boxOf(polygon[0] ?? []) }))
    return true
  }

  /** Looks through tiles that were read meanwhile. Returns true when some of their buildings are wet. */
  look(tiles: readonly Depth[]): boolean {
    if (this.areas.length === 0) return false
    let found = false
    for (const { url, geometry } of tiles) {
      if (this.rows.get(url)?.geometry === geometry) continue
      const wet = this.wetRows(geometry)
      this.rows.set(url, { geometry, wet })
      found ||= wet.size > 0
    }
    return found
  }

  isWet(feature: Cesium3DTileFeature | undefined): boolean {
    if (!feature) return false
    // Cesium's own way from a building to its tile; its types leave it out.
    const { content } = feature as Cesium3DTileFeature & { content?: { url?: string } }
    return this.rows.get(content?.url ?? '')?.wet.has(feature.featureId) ?? false
  }

  /** Buildings whose middle in plan lies in the water. */
  private wetRows({ attributes }: TileDepth['geometry']): Set<number> {
    const boxes = new Map<number, Box>()
    const [places, rows] = [attributes['positions']!.value, attributes['rows']!.value]
    rows.forEach((row, at) => {
      if (row === NAMELESS_ROW) return
      const box = boxes.get(row) ?? boxOf([])
      boxes.set(row, grown(box, places[at * 3]!, places[at * 3 + 1]!))
    })
    const wet = [...boxes].filter(([, { west, east, south, north }]) =>
      this.covers((west + east) / 2, (south + north) / 2),
    )
    return new Set(wet.map(([row]) => row))
  }

  private covers(east: number, north: number): boolean {
    return this.areas.some(
      ({ polygon, box }) =>
        east >= box.west &&
        east <= box.east &&
        north >= box.south &&
        north <= box.north &&
        insideRings(polygon, east, north),
    )
  }
}

function boxOf(ring: readonly (readonly [number, number, number])[]): Box {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity }
  for (const [east, north] of ring) grown(box, east, north)
  return box
}

function grown(box: Box, east: number, north: number): Box {
  box.west = Math.min(box.west, east)
  box.east = Math.max(box.east, east)
  box.south = Math.min(box.south, north)
  box.north = Math.max(box.north, north)
  return box
}
