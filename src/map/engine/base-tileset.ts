import {
  Cartesian3,
  type Cesium3DTile,
  Cesium3DTileColorBlendMode,
  Cesium3DTileset,
  Cesium3DTileStyle,
  type CesiumWidget,
  Matrix4,
  Resource,
} from '@cesium/engine'
import type { Layer } from '@deck.gl/core'
import { DrawnShape } from './deck-kit.ts'
import type { EnuFrame } from './enu-frame.ts'
import { type KitGeometry, NAMELESS_ROW, kitProps } from './kit/kit-layer.ts'
import { OccluderLayer } from './kit/occluder-layer.ts'
import { reliefLight } from './kit/relief-light.ts'
import { ReliefDepthLayer, ReliefShadeLayer } from './kit/relief-layer.ts'
import { type TileMesh, readTileMesh } from './tile-mesh.ts'

type Kind = 'buildings' | 'terrain'

interface Occluder {
  geometry: KitGeometry
  features: (string | undefined)[]
  /** Of terrain: the mesh with its light. */
  shade?: KitGeometry
}

/** Tiles that hide what is behind them at once: the nearest, for deck.gl tells 255 layers apart. */
const MOST_OCCLUDERS: Record<Kind, number> = { buildings: 120, terrain: 64 }

/** Pixels by which a tile may be drawn off its finest shape: buildings pop up late, hills must carry what stands on them. */
const PIXELS_OFF: Record<Kind, number> = { buildings: 16, terrain: 2 }

/** Metres a pixel beyond which a building is less than a pixel, and a whole city of them a grey haze. */
const GONE_AT = 45

/** One tileset of the base map on Cesium's canvas, and its visible tiles once more as depth for deck.gl's. */
export class BaseTileset {
  readonly kind: Kind
  private readonly id: string
  private readonly frame: EnuFrame
  private readonly changed: () => void
  private tileset: Cesium3DTileset | undefined
  private widget: CesiumWidget | undefined
  private shown = new Map<string, Cesium3DTile>()
  private seen = new Map<string, Cesium3DTile>()
  private readonly occluders = new Map<string, Occluder | 'loading' | 'none'>()
  private colour = ''
  private bright = false
  private closed = false
  private opening = false
  private drawn: (Occluder & { url: string })[] = []

  constructor(id: string, kind: Kind, frame: EnuFrame, changed: () => void) {
    this.id = id
    this.kind = kind
    this.frame = frame
    this.changed = changed
  }

  async open(widget: CesiumWidget, url: string): Promise<void> {
    this.widget = widget
    this.opening = true
    const tileset = await Cesium3DTileset.fromUrl(url, {
      cacheBytes: 256 * 1024 * 1024,
      maximumScreenSpaceError: PIXELS_OFF[this.kind],
    }).finally(() => (this.opening = false))
    if (this.closed || widget.isDestroyed()) {
      tileset.destroy()
      return
    }
    this.tileset = tileset
    this.paint(this.colour, this.bright)
    tileset.tileVisible.addEventListener((tile: Cesium3DTile) => void this.seen.set(urlOf(tile), tile))
    widget.scene.postRender.addEventListener(this.follow)
    tileset.loadProgress.addEventListener(() => widget.scene.requestRender())
    widget.scene.primitives.add(tileset)
    widget.scene.requestRender()
    this.changed()
  }

  /** Takes the tiles off a scene that stays. */
  remove(): void {
    this.close()
    if (!this.widget || this.widget.isDestroyed()) return
    this.widget.scene.postRender.removeEventListener(this.follow)
    if (this.tileset) this.widget.scene.primitives.remove(this.tileset)
  }

  /** Forgets everything: the scene itself is gone. */
  close(): void {
    this.closed = true
    this.occluders.clear()
    this.shown.clear()
  }

  /**
   * @param colour an expression of 3D Tiles' styling; the tiles' own greys are multiplied with it
   * @param bright on paper the greys count for a third, or walls would be as dark as at night
   */
  paint(colour: string, bright: boolean): void {
    this.colour = colour
    this.bright = bright
    if (!this.tileset) return
    this.tileset.style = new Cesium3DTileStyle({ color: colour })
    // Terrain gets its light on deck.gl's canvas, where it falls on the districts' land too.
    const walls = bright ? Cesium3DTileColorBlendMode.MIX : Cesium3DTileColorBlendMode.HIGHLIGHT
    this.tileset.colorBlendMode = this.kind === 'terrain' ? Cesium3DTileColorBlendMode.REPLACE : walls
    this.tileset.colorBlendAmount = 0.65
  }

  /** Buildings belong to near views: the whole city is drawn without them. */
  show(metresPerPixel: number): void {
    const near = this.kind === 'terrain' || metresPerPixel < GONE_AT
    if (!this.tileset || this.tileset.show === near) return
    this.tileset.show = near
    if (!near) this.shown = new Map()
    this.widget?.scene.requestRender()
    this.changed()
  }

  get pending(): boolean {
    const reading = [...this.shown.keys()].some((url) => this.occluders.get(url) === 'loading')
    return (
      this.opening ||
      reading ||
      (this.tileset !== undefined && this.tileset.show && !this.tileset.tilesLoaded)
    )
  }

  /** Depth of the tiles in view, with their buildings' names. */
  occluding(): DrawnShape {
    const Kind = this.kind === 'terrain' ? ReliefDepthLayer : OccluderLayer
    const layers = this.ready().map(
      ({ url, geometry, features }): Layer =>
        new Kind({ ...kitProps(true), geometry, features, id: `${this.id}-depth-${url}`, solid: true }),
    )
    return new DrawnShape(`${this.id}-depth`, layers)
  }

  /** Light and shade of the terrain in view. */
  shading(most: readonly [number, number]): DrawnShape {
    const layers = this.ready().flatMap(({ url, shade }): Layer[] => {
      if (!shade) return []
      const props = { ...kitProps(false), features: [], solid: false, pickable: false, most }
      return [new ReliefShadeLayer({ ...props, geometry: shade, id: `${this.id}-shade-${url}` })]
    })
    return new DrawnShape(`${this.id}-shade`, layers)
  }

  /** The tiles in view that are read. A relief changes whole: a gap would flash. */
  private ready(): (Occluder & { url: string })[] {
    const known = [...this.shown.keys()].map((url) => ({ url, state: this.occluders.get(url) }))
    const whole = known.every(({ state }) => state !== 'loading')
    if (this.kind === 'terrain' && !whole) return this.drawn
    this.drawn = known.flatMap(({ url, state }) => (typeof state === 'object' ? [{ ...state, url }] : []))
    return this.drawn
  }

  /** Which tiles Cesium has just drawn; what is new among them is fetched once more, from the browser's own cache. */
  private readonly follow = (): void => {
    const { seen, shown } = this
    this.seen = new Map()
    if (seen.size === 0 || (seen.size === shown.size && [...seen.keys()].every((url) => shown.has(url))))
      return
    const eye = this.widget!.camera.positionWC
    const far = ({ boundingSphere }: Cesium3DTile): number => Cartesian3.distance(boundingSphere.center, eye)
    const nearest = [...seen].toSorted(([, a], [, b]) => far(a) - far(b)).slice(0, MOST_OCCLUDERS[this.kind])
    this.shown = new Map(nearest)
    for (const [url, tile] of this.shown) if (!this.occluders.has(url)) void this.fetch(url, tile)
    this.changed()
  }

  private async fetch(url: string, tile: Cesium3DTile): Promise<void> {
    this.occluders.set(url, 'loading')
    const mesh = await Resource.fetchArrayBuffer({ url })
      ?.then(readTileMesh)
      .catch(() => undefined)
    if (this.closed) return
    this.occluders.set(url, mesh ? this.occluder(mesh, tile) : 'none')
    this.changed()
  }

  private occluder(mesh: TileMesh, tile: Cesium3DTile): Occluder {
    const placed = inFrame(mesh, tile.computedTransform, this.frame)
    if (this.kind === 'terrain') return reliefTile(placed, mesh.indices)
    const { content } = tile
    const features = Array.from({ length: content.featuresLength }, (_, at) => {
      const name: unknown = content.getFeature(at).getProperty('id')
      return typeof name === 'string' || typeof name === 'number' ? `${this.id}/${name}` : undefined
    })
    return { geometry: buildingTile(placed, mesh), features }
  }
}

function inFrame({ positions }: TileMesh, transform: Matrix4, frame: EnuFrame): Float32Array {
  const placed = new Float32Array(positions.length)
  const point = new Cartesian3()
  for (let at = 0; at < positions.length; at += 3) {
    Cartesian3.fromElements(positions[at]!, positions[at + 1]!, positions[at + 2]!, point)
    placed.set(frame.fromEarth(Matrix4.multiplyByPoint(transform, point, point)), at)
  }
  return placed
}

function buildingTile(placed: Float32Array, { features, indices }: TileMesh): KitGeometry {
  return {
    topology: 'triangle-list',
    attributes: {
      positions: { size: 3, value: placed },
      rows: { size: 1, value: features.map((row) => (row < 0 ? NAMELESS_ROW : row)) },
    },
    indices,
  }
}

function reliefTile(placed: Float32Array, indices: Uint32Array): Occluder {
  const positions = { size: 3, value: placed }
  const lights = { size: 1, value: reliefLight(placed, indices) }
  return {
    features: [],
    geometry: { topology: 'triangle-list', attributes: { positions }, indices },
    // Nearer than the very same triangles that hide it, whatever the shader rounds.
    shade: { topology: 'triangle-list', attributes: { positions, lights }, indices, error: 0.1 },
  }
}

/** Public on a tile's content, and the same address Cesium fetched. */
function urlOf(tile: Cesium3DTile): string {
  return tile.content.url
}
