import { type RoadClass, RoadClasses, type Shown, type VectorCollection } from '../../domain/basemap.ts'
import { convertPositions } from '../engine/enu-positions.ts'

/** What the flat map draws of a base map; a stream is a course of water too narrow for an area. */
export type GroundPart = 'green' | 'water' | 'stream' | 'buildings' | 'rail' | RoadClass

/** Features of one part that lie together: one path in metres east and south of the city's origin, and its box in those. */
export interface GroundChunk {
  path: Path2D
  box: { west: number; east: number; top: number; bottom: number }
}
export type GroundChunks = ReadonlyMap<GroundPart, readonly GroundChunk[]>

/** Side in metres of the square whose features share a path: far fewer paths than features, and few out of sight. */
const CELL = 8_000

type Ring = readonly (readonly [east: number, south: number])[]

/**
 * Outlines of a base map as paths of a canvas, by what they show, whatever their ids, several layers alike; made once, for
 * every zoom. Positions are converted in a worker where they are many.
 */
export async function groundChunks(
  layers: readonly { shows: Shown | undefined; collection: VectorCollection }[],
  origin: { longitude: number; latitude: number },
): Promise<GroundChunks> {
  const cells = new Map<GroundPart, Map<string, GroundChunk>>()
  for (const { shows, collection } of layers) {
    const lonLats = new Float64Array(
      collection.features.flatMap(({ geometry }) => geometry.coordinates.flat(4)),
    )
    const metres = await convertPositions({ origin, lonLats })
    let next = 0
    const take = (line: readonly unknown[]): Ring =>
      line.map(() => {
        next += 3
        return [metres[next - 3]!, -metres[next - 2]!] as const
      })
    for (const { geometry, properties } of collection.features) {
      const isArea = geometry.type === 'MultiPolygon'
      const parts = isArea
        ? geometry.coordinates.map((polygon) => polygon.map(take))
        : geometry.coordinates.map((line) => [take(line)])
      const part = partOf(shows, isArea, properties.class)
      if (part) for (const rings of parts) addTo(cells, part, rings, isArea)
    }
  }
  return new Map([...cells].map(([part, chunks]) => [part, [...chunks.values()]]))
}

function partOf(
  shows: Shown | undefined,
  isArea: boolean,
  kind: RoadClass | undefined,
): GroundPart | undefined {
  if (isArea) return shows === 'water' || shows === 'green' || shows === 'buildings' ? shows : undefined
  if (shows === 'road') return kind ?? RoadClasses.at(-1)!
  if (shows === 'water') return 'stream'
  return shows === 'rail' ? shows : undefined
}

function addTo(
  cells: Map<GroundPart, Map<string, GroundChunk>>,
  part: GroundPart,
  rings: readonly Ring[],
  isArea: boolean,
): void {
  const points = rings.flat()
  if (points.length < 2) return
  const box = { west: Infinity, east: -Infinity, top: Infinity, bottom: -Infinity }
  for (const [x, y] of points) grow(box, { west: x, east: x, top: y, bottom: y })
  const cell = [box.west + box.east, box.top + box.bottom].map((sum) => Math.floor(sum / 2 / CELL)).join()
  const chunks = cells.get(part) ?? new Map<string, GroundChunk>()
  cells.set(part, chunks)
  const chunk = chunks.get(cell) ?? { path: new Path2D(), box: { ...box } }
  chunks.set(cell, chunk)
  grow(chunk.box, box)
  rings.forEach((ring, index) => draw(chunk.path, isArea ? turned(ring, index > 0) : ring, isArea))
}

function draw(path: Path2D, ring: Ring, isClosed: boolean): void {
  ring.forEach(([x, y], index) => (index === 0 ? path.moveTo(x, y) : path.lineTo(x, y)))
  if (isClosed) path.closePath()
}

/** Outer rings one way round, holes the other: where two areas overlap both are filled, and a hole stays one. */
function turned(ring: Ring, isHole: boolean): Ring {
  let doubled = 0
  ring.forEach(([x, y], index) => {
    const [beforeX, beforeY] = ring.at(index - 1)!
    doubled += beforeX * y - x * beforeY
  })
  return doubled < 0 === isHole ? ring : ring.toReversed()
}

function grow(box: GroundChunk['box'], other: GroundChunk['box']): void {
  box.west = Math.min(box.west, other.west)
  box.east = Math.max(box.east, other.east)
  box.top = Math.min(box.top, other.top)
  box.bottom = Math.max(box.bottom, other.bottom)
}
