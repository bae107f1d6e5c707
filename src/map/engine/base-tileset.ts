import {
  Cartesian3,
  type Cesium3DTile,
  type Cesium3DTileFeature,
  Cesium3DTileColorBlendMode,
  Cesium3DTileset,
  Cesium3DTileStyle,
  type CesiumWidget,
  Color,
  Resource,
  type StyleExpression,
} from '@cesium/engine'
import type { Layer } from '@deck.gl/core'
import type { WetGround } from '../../contracts/map-drawing.ts'
import { DrawnShape } from './deck-kit.ts'
import { TileGroups, affordable } from './depth-budget.ts'
import type { EnuFrame } from './enu-frame.ts'
import type { TileFault } from './gltf-file.ts'
import { KeptTiles } from './kept-tiles.ts'
import { kitProps } from './kit/kit-layer.ts'
import { OccluderLayer } from './kit/occluder-layer.ts'
import { ReliefDepthLayer, ReliefShadeLayer } from './kit/relief-layer.ts'
import {
  type TileDepth,
  buildingDepth,
  bytesOf,
  mergedDepth,
  reliefDepth,
  trianglesOf,
} from './tile-depth.ts'
import { readTileMesh } from './tile-mesh.ts'
import { WetBuildings } from './wet-buildings.ts'

type Kind = 'buildings' | 'terrain'

/** Layers of buildings, of all tilesets together, and tiles of a terrain: deck.gl tells 255 layers apart. */
export const DEPTH_LAYERS = 120
const MOST_RELIEF = 64

/** Pixels by which a tile may be drawn off its finest shape: buildings pop up late, hills must carry what stands on them. */
const PIXELS_OFF: Record<Kind, number> = { buildings: 16, terrain: 2 }

/** Metres a pixel beyond which a building is less than a pixel, and a whole city of them a grey haze. */
const GONE_AT = 45

/** What a tileset tells of itself. */
export interface TilesetNews {
  /** Something else is to be drawn. */
  changed(): void
  /** A tile hides nothing and is not picked, because its triangles cannot be read. */
  unread(fault: TileFault): void
}

export interface TilesetLook {
  /** CSS; by night the tiles' own greys are multiplied with it. */
  colour: string
  opacity: number
  /** On paper the greys count for a third, or walls would be as dark as at night. */
  bright: boolean
  wet?: { ground: WetGround; colour: string }
}

/** What foretold water leaves of a building's own colour. */
const FORETOLD = 0.5

type State = TileDepth | 'loading' | 'none'

/** One tileset of the base map on Cesium's canvas, and its visible tiles once more as depth for deck.gl's. */
export class BaseTileset {
  readonly kind: Kind
  private readonly id: string
  private readonly frame: EnuFrame
  private readonly news: TilesetNews
  private readonly groups: TileGroups
  private readonly merged = new Map<readonly string[], TileDepth>()
  private readonly depths = new KeptTiles<State>()
  private tileset: Cesium3DTileset | undefined
  private widget: CesiumWidget | undefined
  /** In view, nearest first, and those of them that can be afforded. */
  private near = new Map<string, Cesium3DTile>()
  private shown: readonly string[] = []
  private seen = new Map<string, Cesium3DTile>()
  private look: TilesetLook = { colour: '#FFFFFF', opacity: 1, bright: false }
  private readonly wet = new WetBuildings()
  private closed = false
  private opening = false
  private drawn: (TileDepth & { url: string })[] = []
  private releasing = 0

  /** @param layers of deck.gl that its buildings may take */
  constructor(id: string, kind: Kind, frame: EnuFrame, news: TilesetNews, layers = DEPTH_LAYERS) {
    this.id = id
    this.kind = kind
    this.frame = frame
    this.news = news
    this.groups = new TileGroups(layers)
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
    this.paint(this.look)
    tileset.tileVisible.addEventListener(this.sawTile)
    widget.scene.postRender.addEventListener(this.follow)
    tileset.loadProgress.addEventListener(() => widget.scene.requestRender())
    widget.scene.primitives.add(tileset)
    widget.scene.requestRender()
    this.news.changed()
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
    window.clearTimeout(this.releasing)
    this.depths.clear()
    this.merged.clear()
    this.near.clear()
    this.shown = []
    this.drawn = []
  }

  paint(look: TilesetLook): void {
    this.look = look
    this.wet.stand(look.wet?.ground)
    if (!this.tileset) return
    this.wet.look(this.ready())
    this.tileset.style = this.style()
    // Terrain gets its light on deck.gl's canvas, where it falls on the districts' land too.
    const walls = look.bright ? Cesium3DTileColorBlendMode.MIX : Cesium3DTileColorBlendMode.HIGHLIGHT
    this.tileset.colorBlendMode = this.kind === 'terrain' ? Cesium3DTileColorBlendMode.REPLACE : walls
    this.tileset.colorBlendAmount = 0.65
  }

  /** One colour for all; two where there is water. */
  private style(): Cesium3DTileStyle {
    const { colour, opacity, wet } = this.look
    const style = new Cesium3DTileStyle({ color: `color('${colour}', ${opacity})` })
    if (!wet) return style
    const [dry, water] = [colour, wet.colour].map((css) =>
      Color.fromCssColorString(css).withAlpha(opacity),
    ) as [Color, Color]
    const under = Color.lerp(water, dry, wet.ground.forecast ? FORETOLD : 0, new Color())
    // A condition on names would miss buildings that have none.
    style.color = {
      evaluateColor: (feature: Cesium3DTileFeature | undefined, result: Color) =>
        Color.clone(this.wet.isWet(feature) ? under : dry, result),
    } as unknown as StyleExpression
    return style
  }

  /** Buildings belong to near views: the whole city is drawn without them. */
  show(metresPerPixel: number): void {
    const near = this.kind === 'terrain' || metresPerPixel < GONE_AT
    if (!this.tileset || this.tileset.show === near) return
    this.tileset.show = near
    if (!near) this.follows(new Map())
    this.widget?.scene.requestRender()
    this.news.changed()
  }

  get pending(): boolean {
    const reading = this.shown.some((url) => this.depths.get(url) === 'loading')
    return (
      this.opening ||
      reading ||
      (this.tileset !== undefined && this.tileset.show && !this.tileset.tilesLoaded)
    )
  }

  /** Depth of the tiles in view, with their buildings' names. */
  occluding(): DrawnShape {
    const layer = ({ geometry, features }: TileDepth, part: string): Layer => {
      const props = { ...kitProps(true), geometry, features, id: `${this.id}-depth-${part}`, solid: true }
      return this.kind === 'terrain' ? new ReliefDepthLayer(props) : new OccluderLayer(props)
    }
    if (this.kind === 'terrain')
      return new DrawnShape(
        `${this.id}-depth`,
        this.ready().map((tile) => layer(tile, tile.url)),
      )
    const tiles = this.ready()
    if (this.wet.look(tiles)) this.restyle()
    const ready = new Map(tiles.map((tile) => [tile.url, tile]))
    const groups = this.groups.of([...ready.keys()])
    for (const group of this.merged.keys()) if (!groups.includes(group)) this.merged.delete(group)
    const layers = groups.flatMap((group, at): Layer[] => {
      if (group.length === 0) return []
      const merged = this.merged.get(group) ?? mergedDepth(group.map((url) => ready.get(url)!))
      this.merged.set(group, merged)
      return [layer(merged, `${at}`)]
    })
    return new DrawnShape(`${this.id}-depth`, layers)
  }

  /** Cesium asks for the colours of the buildings once more. */
  private restyle(): void {
    this.tileset?.makeStyleDirty()
    this.widget?.scene.requestRender()
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
  private ready(): (TileDepth & { url: string })[] {
    const known = this.shown.map((url) => ({ url, state: this.depths.get(url) }))
    const whole = known.every(({ state }) => state !== 'loading')
    if (this.kind === 'terrain' && !whole) return this.drawn
    this.drawn = known.flatMap(({ url, state }) => (typeof state === 'object' ? [{ ...state, url }] : []))
    return this.drawn
  }

  private readonly sawTile = (tile: Cesium3DTile): void => {
    // Several contents in one tile have no address of their own here.
    const url = tile.content.url as string | undefined
    if (url === undefined) this.news.unread('format')
    else this.seen.set(url, tile)
  }

  /** Which tiles Cesium has just drawn; what is new among them is fetched once more, from the browser's own cache. */
  private readonly follow = (): void => {
    const { seen, near } = this
    this.seen = new Map()
    if (seen.size === 0 || (seen.size === near.size && [...seen.keys()].every((url) => near.has(url)))) return
    const eye = this.widget!.camera.positionWC
    const far = ({ boundingSphere }: Cesium3DTile): number => Cartesian3.distance(boundingSphere.center, eye)
    this.follows(new Map([...seen].toSorted(([, a], [, b]) => far(a) - far(b))))
    this.news.changed()
  }

  private follows(near: Map<string, Cesium3DTile>): void {
    this.near = near
    this.admit()
    this.release()
  }

  private admit(): void {
    const nearest = [...this.near.keys()]
    const triangles = (url: string): number | undefined => {
      const state = this.depths.get(url)
      return typeof state === 'object' ? trianglesOf(state) : state === 'none' ? 0 : undefined
    }
    this.shown = this.kind === 'terrain' ? nearest.slice(0, MOST_RELIEF) : affordable(nearest, triangles)
    for (const url of this.shown)
      if (this.depths.get(url) === undefined) void this.fetch(url, this.near.get(url)!)
  }

  /** A map that rests draws no frame that could let go of anything. */
  private readonly release = (): void => {
    window.clearTimeout(this.releasing)
    const waitMs = this.depths.show(new Set(this.shown), performance.now())
    if (waitMs !== undefined) this.releasing = window.setTimeout(this.release, waitMs + 1)
  }

  private async fetch(url: string, tile: Cesium3DTile): Promise<void> {
    this.depths.put(url, 'loading', 0)
    const state = await this.read(url, tile).catch((): State => 'none')
    // Closed, or out of view so long that it was let go of.
    if (this.closed || this.depths.get(url) !== 'loading') return
    this.depths.put(url, state, typeof state === 'object' ? bytesOf(state) : 0)
    this.admit()
    this.release()
    this.news.changed()
  }

  private async read(url: string, tile: Cesium3DTile): Promise<State> {
    const file = await Resource.fetchArrayBuffer({ url })
    if (!file || this.closed) return 'none'
    const { gltfUpAxis } = (this.tileset?.asset ?? {}) as { gltfUpAxis?: string }
    const mesh = readTileMesh(file, gltfUpAxis?.toUpperCase() === 'Z' ? 'Z' : 'Y')
    if (typeof mesh === 'string') {
      this.news.unread(mesh)
      return 'none'
    }
    // Cesium may have let go of it meanwhile, names and all.
    if (mesh.indices.length === 0 || tile.content === undefined) return 'none'
    return this.kind === 'terrain'
      ? reliefDepth(mesh, tile, this.frame)
      : buildingDepth(mesh, tile, this.frame, this.id)
  }
}
