import type { Layer } from '@deck.gl/core'
import type { Rgba } from '../../contracts/map-kit.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { type RoadClass, RoadClasses, type Shown, type VectorCollection } from '../../domain/basemap.ts'
import { type RoadStyle, type groundColours, roadOpacity, roadStyles } from './base-colours.ts'
import { DrawnShape } from './deck-kit.ts'
import type { CityGround } from './city-ground.ts'
import { convertPositions } from './enu-positions.ts'
import { flatGeometry } from './kit/area-geometry.ts'
import { LEAST_ERROR, type ReliefUp, SAMPLED, drapedPath } from './kit/drape.ts'
import { type KitGeometry, kitProps } from './kit/kit-layer.ts'
import { MeshLayer } from './kit/mesh-layer.ts'
import { type Ribbon, ribbonGeometry } from './kit/ribbon-geometry.ts'
import { RibbonLayer } from './kit/ribbon-layer.ts'

/** How the ids of the ground's layers begin. */
export const GROUND_ID = 'base-'

/** The ground's outlines in ENU metres; geometry follows with the colours and is kept per palette. */
export interface GroundVectors {
  areas: Record<'water' | 'green', EnuMetres[][][]>
  /** Courses of water too narrow for an area. */
  streams: EnuMetres[][]
  roads: Record<RoadClass, EnuMetres[][]>
  rail: EnuMetres[][]
  /** What they were laid on, if that is not flat. */
  relief?: ReliefUp
}

type Colours = (typeof groundColours)['dark']

/** Outlines of a base map by what they show, whatever their ids, several layers alike; converted at once, in a worker where they are many. */
export async function groundVectors(
  layers: readonly { shows: Shown | undefined; collection: VectorCollection }[],
  ground: CityGround,
): Promise<GroundVectors> {
  const { frame, surface } = ground
  const relief: ReliefUp | undefined = surface && ((east, north) => surface.upAt(east, north))
  const made: GroundVectors = {
    areas: { water: [], green: [] },
    streams: [],
    roads: Object.fromEntries(RoadClasses.map((kind) => [kind, []])) as unknown as GroundVectors['roads'],
    rail: [],
    ...(relief ? { relief } : {}),
  }
  const laid = (path: EnuMetres[]): EnuMetres[] => (relief ? drapedPath(path, relief).path : path)
  for (const { shows, collection } of layers) {
    const { longitude, latitude } = frame.unproject([0, 0, 0])
    const lonLats = new Float64Array(
      collection.features.flatMap(({ geometry }) => geometry.coordinates.flat(4)),
    )
    const metres = await convertPositions({ origin: { longitude, latitude }, lonLats })
    let next = 0
    const take = (line: readonly unknown[]): EnuMetres[] =>
      line.map((): EnuMetres => {
        next += 3
        return ground.lifted([metres[next - 3]!, metres[next - 2]!, metres[next - 1]!])
      })
    for (const { geometry, properties } of collection.features) {
      if (geometry.type === 'MultiPolygon') {
        const polygons = geometry.coordinates.map((polygon) => polygon.map(take))
        if (shows === 'water' || shows === 'green') made.areas[shows].push(...polygons)
      } else {
        const lines = geometry.coordinates.map(take).map(laid)
        if (shows === 'road') made.roads[properties.class ?? 'local'].push(...lines)
        else if (shows === 'rail') made.rail.push(...lines)
        else if (shows === 'water') made.streams.push(...lines)
      }
    }
  }
  return made
}

const kept = new WeakMap<GroundVectors, Map<Colours, Record<string, KitGeometry>>>()

/** Parks, water, rail and roads from the ground up; each class of road fades by itself as the camera goes away. */
export function groundDrawings(
  vectors: GroundVectors,
  colours: Colours,
  metresPerPixel: number,
): DrawnShape[] {
  const palettes = kept.get(vectors) ?? new Map<Colours, Record<string, KitGeometry>>()
  kept.set(vectors, palettes)
  const geometry = palettes.get(colours) ?? groundGeometry(vectors, colours)
  palettes.set(colours, geometry)
  const shown = (id: string, share: number): Layer[] =>
    geometry[id] && share > 0 ? [groundLayer(id, geometry[id], share)] : []
  const roads = RoadClasses.toReversed().map((kind) => ({
    kind,
    share: roadOpacity(roadStyles[kind], metresPerPixel),
  }))
  return [
    new DrawnShape('base-ground', [
      ...shown('green', 1),
      ...shown('water', 1),
      ...shown('shore', 1),
      ...shown('rail', roadOpacity(roadStyles.primary, metresPerPixel)),
      ...roads.flatMap(({ kind, share }) => shown(`case-${kind}`, share)),
      ...roads.flatMap(({ kind, share }) => shown(`road-${kind}`, share)),
    ]),
  ]
}

function groundGeometry(vectors: GroundVectors, colours: Colours): Record<string, KitGeometry> {
  const { relief } = vectors
  const fill = (polygons: EnuMetres[][][], color: Rgba): KitGeometry =>
    flatGeometry(
      polygons.map((polygon) => ({ polygon, fill: color, height: 0, row: undefined })),
      relief,
    )
  const shores = vectors.areas.water.flatMap((polygon) =>
    polygon.map(closed).map((path) => (relief ? drapedPath(path, relief).path : path)),
  )
  const all: Record<string, KitGeometry> = {
    green: fill(vectors.areas.green, colours.green),
    water: fill(vectors.areas.water, colours.water),
    shore: strokes([...shores, ...vectors.streams], colours.shore, { width: 1, metres: 0 }),
    rail: strokes(vectors.rail, colours.rail, { width: 1.4, metres: 3, dash: [7, 7] }),
  }
  for (const kind of RoadClasses) {
    const style = roadStyles[kind]
    if (style.kind !== 'street')
      all[`case-${kind}`] = strokes(vectors.roads[kind], colours.roadCase, wider(style))
    all[`road-${kind}`] = strokes(vectors.roads[kind], colours.road[style.kind], style)
  }
  const drawn = Object.entries(all).filter(([, { indices }]) => indices && indices.length > 0)
  return Object.fromEntries(
    drawn.map(([id, one]) => [id, relief ? { error: LEAST_ERROR * SAMPLED, ...one } : one]),
  )
}

function wider({ width, metres }: RoadStyle): { width: number; metres: number } {
  return { width: width + 1.4, metres: metres + 3 }
}

function strokes(
  paths: readonly EnuMetres[][],
  color: Rgba,
  { width, metres, dash }: { width: number; metres: number; dash?: [number, number] },
): KitGeometry {
  return ribbonGeometry(
    paths.map((path): Ribbon => ({ path, color, width, metres, row: undefined, ...(dash ? { dash } : {}) })),
  )
}

function groundLayer(id: string, geometry: KitGeometry, opacity: number): Layer {
  const props = {
    ...kitProps(false),
    id: `${GROUND_ID}${id}`,
    geometry,
    features: [],
    solid: false,
    opacity,
    pickable: false,
  }
  return id === 'green' || id === 'water' ? new MeshLayer(props) : new RibbonLayer(props)
}

function closed(ring: EnuMetres[]): EnuMetres[] {
  return ring[0] ? [...ring, ring[0]] : ring
}
