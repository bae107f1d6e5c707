import type { Layer } from '@deck.gl/core'
import type { Drawing, MapKit, MeshShape } from '../../contracts/map-kit.ts'
import type { CityGround } from './city-ground.ts'
import { flatGeometry, meshGeometry, solidGeometry } from './kit/area-geometry.ts'
import { bowPath } from './kit/bow-path.ts'
import { type ReliefUp, drapedPath } from './kit/drape.ts'
import { HeatLayer, heatSheet } from './kit/heat-layer.ts'
import { hexagonAreas } from './kit/hexagon-bins.ts'
import { type KitGeometry, NAMELESS_ROW, NO_ROW, kitProps } from './kit/kit-layer.ts'
import { MeshLayer } from './kit/mesh-layer.ts'
import { PointsLayer } from './kit/points-layer.ts'
import { type Ribbon, ribbonGeometry } from './kit/ribbon-geometry.ts'
import { RibbonLayer } from './kit/ribbon-layer.ts'
import { ShapeCache } from './kit/shape-cache.ts'
import { areaParts, areaRibbons, lineParts } from './kit/shape-parts.ts'
import { tripHead } from './kit/trip-head.ts'
import { tubeGeometry } from './kit/tube-geometry.ts'
import { TubeLayer } from './kit/tube-layer.ts'

/** One shape of the kit and the deck.gl layers it is made of, from the ground up. */
export class DrawnShape implements Drawing {
  readonly id: string
  readonly layers: readonly Layer[]

  constructor(id: string, layers: readonly Layer[]) {
    this.id = id
    this.layers = layers
  }
}

type Shape<K extends keyof MapKit> = Parameters<MapKit[K]>[0]
type Names = readonly (string | undefined)[]

/** Of a bow whose dash runs: on, off and speed in u, and the length of its head. */
const FLOW = { dash: [14, 6], speed: 40, head: 18 } as const
/** Breadth of a trip's head over that of its tail. */
const HEAD = 2.2

/** Metres by which the facets of a heat sheet may cut through a hill. */
const HEAT_ERROR = 30

/** The kit's shapes in WebGL. Geometry is made once a shape and kept while the shape stays the same. */
export class DeckKit implements MapKit {
  private readonly cache = new ShapeCache()
  readonly ground: CityGround | undefined

  /** @param ground what the shapes lie on; without it nothing is laid on a relief or hidden below the ground */
  constructor(ground?: CityGround) {
    this.ground = ground
  }

  mesh({ id, positions, lifts, colors, solid }: MeshShape): Drawing {
    const geometry = this.cache.of(id, { positions, lifts, colors, solid }, () =>
      this.onRelief(
        meshGeometry(
          positions,
          lifts,
          colors,
          new Float32Array(positions.length / 3).fill(solid ? NAMELESS_ROW : NO_ROW),
        ),
        solid,
      ),
    )
    return new DrawnShape(id, this.meshes(id, geometry, [], solid))
  }

  areas({ id, items }: Shape<'areas'>): Drawing {
    const made = this.cache.of(id, items, () => {
      const { solid, plain, hatched } = areaParts(items)
      return {
        solid: solidGeometry(solid),
        plain: flatGeometry(plain, this.relief),
        hatched: flatGeometry(hatched, this.relief),
        edges: ribbonGeometry(areaRibbons(items), this.relief),
      }
    })
    const names = namesOf(items)
    return new DrawnShape(id, [
      ...this.meshes(`${id}-solid`, made.solid, names, true),
      ...this.meshes(`${id}-fill`, made.plain, names, false),
      ...this.meshes(`${id}-hatch`, made.hatched, names, false, true),
      ...this.ribbons(`${id}-edge`, made.edges, names),
    ])
  }

  lines({ id, items }: Shape<'lines'>): Drawing {
    const made = this.cache.of(id, items, () => {
      const { ribbons, tubes } = lineParts(items)
      const { ground, relief } = this
      const laid = relief ? tubes.map((tube) => ({ ...tube, ...drapedPath(tube.path, relief) })) : tubes
      return {
        flat: ribbonGeometry(ribbons, relief),
        tubes: tubeGeometry(laid, ground && ((east, north) => ground.upAt(east, north))),
      }
    })
    const names = namesOf(items)
    const tubes = drawable(made.tubes)
      ? [
          new TubeLayer({
            ...kitProps(true),
            id: `${id}-tube`,
            geometry: made.tubes,
            features: names,
            solid: true,
          }),
        ]
      : []
    return new DrawnShape(id, [...this.ribbons(`${id}-line`, made.flat, names), ...tubes])
  }

  dots({
    id,
    positions,
    colors,
    size,
    features = [],
  }: Omit<Shape<'dots'>, 'features'> & { features?: Names }): DrawnShape {
    const geometry = this.cache.of(id, { positions, colors, named: features.length > 0 }, () =>
      this.onRelief(dotGeometry(positions, colors, features.length > 0), false),
    )
    return new DrawnShape(id, this.points(id, geometry, features, size))
  }

  heat({ id, positions, weights, radius }: Shape<'heat'>): Drawing {
    if (positions.length === 0) return new DrawnShape(id, [])
    const kept = this.cache.of(id, { positions, weights }, () => ({ positions, weights }))
    const { relief } = this
    const geometry = this.cache.of(`${id}-sheet`, 0, () => ({
      ...heatSheet({ west: 0, south: 0, east: 0, north: 0 }),
      ...(relief ? { error: HEAT_ERROR } : {}),
    }))
    const layer = new HeatLayer({
      ...kitProps(false),
      ...kept,
      id,
      geometry,
      radius,
      relief,
      features: [],
      solid: false,
    })
    return new DrawnShape(id, [layer])
  }

  hexagons({ id, positions, radius, height }: Shape<'hexagons'>): Drawing {
    const geometry = this.cache.of(id, { positions, radius, height }, () =>
      solidGeometry(hexagonAreas(positions, radius, height)),
    )
    return new DrawnShape(id, this.meshes(id, geometry, [], true))
  }

  arcs({ id, items, moving = false }: Shape<'arcs'>): Drawing {
    const geometry = this.cache.of(id, { items, moving }, () =>
      ribbonGeometry(
        items.map(({ from, to, color, width, feature }, index): Ribbon => {
          const row = feature === undefined ? undefined : index
          const bow = { path: bowPath(from, to), color, width, row }
          return moving ? { ...bow, dash: FLOW.dash, head: FLOW.head } : bow
        }),
      ),
    )
    const flow = moving ? { speed: FLOW.speed, animated: true } : {}
    return new DrawnShape(id, this.ribbons(id, geometry, namesOf(items), flow))
  }

  trips({ id, items, color, width, tailMs, atMs }: Shape<'trips'>): Drawing {
    const base = items.reduce((first, { times }) => Math.min(first, times[0] ?? Infinity), Infinity)
    const tails = this.cache.of(id, { items, color, width }, () =>
      ribbonGeometry(
        items.map(({ path, times, feature }, index): Ribbon => ({
          path,
          color,
          width,
          // Seconds since the first: 32 bits do not hold an epoch.
          times: times.map((time) => (time - base) / 1000),
          row: feature === undefined ? undefined : index,
        })),
        this.relief,
      ),
    )
    const heads = items.flatMap(({ path, times, feature }) => {
      const at = tripHead(path, times, atMs)
      return at ? [{ at, feature }] : []
    })
    const time = { tail: tailMs / 1000, now: (atMs - base) / 1000 }
    const ends = this.dots({
      id: `${id}-head`,
      positions: new Float32Array(heads.flatMap(({ at }) => at)),
      colors: new Uint8Array(heads.flatMap(() => color)),
      size: width * HEAD,
      features: namesOf(heads),
    })
    return new DrawnShape(id, [...this.ribbons(`${id}-tail`, tails, namesOf(items), time), ...ends.layers])
  }

  private get relief(): ReliefUp | undefined {
    const { ground } = this
    return ground?.surface && ((east, north) => ground.surface!.upAt(east, north))
  }

  /** What is not laid on the relief piece by piece stands on it all the same. */
  private onRelief(geometry: KitGeometry, solid: boolean): KitGeometry {
    return this.relief && !solid ? { ...geometry, error: 1 } : geometry
  }

  private meshes(id: string, geometry: KitGeometry, features: Names, solid: boolean, hatch = false): Layer[] {
    if (!drawable(geometry)) return []
    return [new MeshLayer({ ...kitProps(solid), id, geometry, features, solid, hatch })]
  }

  private points(id: string, geometry: KitGeometry, features: Names, size: number): Layer[] {
    if (!drawable(geometry)) return []
    return [new PointsLayer({ ...kitProps(false), id, geometry, features, size, solid: false })]
  }

  private ribbons(
    id: string,
    geometry: KitGeometry,
    features: Names,
    more: { speed?: number; tail?: number; now?: number; animated?: boolean } = {},
  ): Layer[] {
    if (!drawable(geometry)) return []
    return [new RibbonLayer({ ...kitProps(false), ...more, id, geometry, features, solid: false })]
  }
}

function dotGeometry(positions: Float32Array, colors: Uint8Array, named: boolean): KitGeometry {
  return {
    topology: 'point-list',
    attributes: {
      positions: { size: 3, value: positions },
      colors: { size: 4, value: colors, normalized: true },
      rows: {
        size: 1,
        value: Float32Array.from({ length: positions.length / 3 }, (_, at) => (named ? at : NO_ROW)),
      },
    },
  }
}

/** A card takes no buffer without vertices. */
function drawable({ attributes, indices }: KitGeometry): boolean {
  return (attributes['positions']?.value.length ?? 0) > 0 && indices?.length !== 0
}

function namesOf(items: readonly { feature?: string | undefined }[]): Names {
  return items.map(({ feature }) => feature)
}
