import type { CesiumWidget, Primitive } from '@cesium/engine'
import type { Drawing } from '../../contracts/map-kit.ts'
import type { WetGround } from '../../contracts/map-drawing.ts'
import type { Shown, VectorCollection } from '../../domain/basemap.ts'
import { type Appearance, groundColours } from './base-colours.ts'
import { BaseTileset, DEPTH_LAYERS, type TilesetLook } from './base-tileset.ts'
import { type GroundVectors, groundDrawings, groundVectors } from './base-vectors.ts'
import { type CameraPose, metresPerPixel } from './camera-pose.ts'
import { groundColour } from './cesium-scene.ts'
import { CityGround } from './city-ground.ts'
import type { EnuFrame } from './enu-frame.ts'
import type { TileFault } from './gltf-file.ts'
import { createGround, groundPlate, groundSheet } from './ground.ts'
import type { TerrainSurface } from './terrain/terrain-surface.ts'

/** What a built base map hands the engine. */
export interface BaseMap {
  appearance: Appearance
  /** Addresses on the own origin. */
  tilesets: readonly { id: string; kind: 'buildings' | 'terrain'; url: string }[]
  vectors: readonly { shows: Shown | undefined; collection: VectorCollection }[]
  /** The heights of its terrain, once they are read. */
  relief?: TerrainSurface | undefined
  /** Ground under water: buildings there wear its colour. */
  wet?: WetGround | undefined
  /** Told when tiles of that tileset can hide nothing: their triangles cannot be read. */
  unread?(tileset: string, fault: TileFault): void
}

/** Zooming by this factor changes how far streets have faded. */
const ZOOM_STEP = 2 ** 0.25

/** What buildings and terrain keep of their colour while what lies below is looked at. */
const SHOWN_THROUGH = { buildings: 0.18, terrain: 0.35 } as const

/** The ground under all layers: what deck.gl draws of it, and the tilesets Cesium draws. */
export class BaseMapView {
  private readonly frame: EnuFrame
  private readonly changed: () => void
  private map: BaseMap | undefined
  private widget: CesiumWidget | undefined
  /** By what they were opened as, in the order of the map. */
  private tilesets: ReadonlyMap<string, BaseTileset> = new Map()
  private vectors: GroundVectors | undefined
  private converted: Pick<BaseMap, 'vectors' | 'relief'> = { vectors: [] }
  private plate: { primitive: Primitive; look: string } | undefined
  private underground = false
  private zoom = NaN
  private standing: CityGround

  constructor(frame: EnuFrame, changed: () => void) {
    this.frame = frame
    this.changed = changed
    this.standing = new CityGround(frame)
  }

  /** What stands on the map stands on this. */
  get ground(): CityGround {
    return this.standing
  }

  show(map: BaseMap | undefined): void {
    const before = this.map
    this.map = map
    if (map?.relief !== this.standing.surface) this.standing = new CityGround(this.frame, map?.relief)
    const stale = map?.vectors !== this.converted.vectors || map?.relief !== this.converted.relief
    if (map && stale) void this.convert(map)
    if (!map) this.vectors = undefined
    const same = JSON.stringify(before?.tilesets ?? []) === JSON.stringify(map?.tilesets ?? [])
    if (!same) this.reopen()
    this.paint()
  }

  setUnderground(on: boolean): void {
    this.underground = on
    this.paint()
  }

  attach(widget: CesiumWidget): void {
    this.widget = widget
    this.reopen()
    this.paint()
  }

  detach(): void {
    for (const tileset of this.tilesets.values()) tileset.close()
    this.tilesets = new Map()
    this.widget = undefined
    this.plate = undefined
  }

  /** True when the camera came so much nearer or went so much farther that streets fade otherwise. */
  cameraMoved(pose: CameraPose): boolean {
    for (const tileset of this.tilesets.values()) tileset.show(metresPerPixel(pose))
    if (!this.vectors) return false
    const zoom = Math.round(Math.log(metresPerPixel(pose)) / Math.log(ZOOM_STEP))
    const moved = zoom !== this.zoom
    this.zoom = zoom
    return moved
  }

  get pending(): boolean {
    return [...this.tilesets.values()].some((tileset) => tileset.pending)
  }

  drawings(pose: CameraPose | undefined): Drawing[] {
    const { map, vectors, underground } = this
    const ground =
      map && vectors && pose
        ? groundDrawings(vectors, groundColours[map.appearance], metresPerPixel(pose))
        : []
    // Nothing underground hides behind a building or a hill that stands on it.
    if (underground) return ground
    const { relief } = groundColours[map?.appearance ?? 'dark']
    const tilesets = [...this.tilesets.values()]
    const light = tilesets.map((tileset) => tileset.shading(relief))
    return [...light, ...ground, ...tilesets.map((tileset) => tileset.occluding())]
  }

  private async convert({ vectors, relief }: BaseMap): Promise<void> {
    const asked = (this.converted = { vectors, relief })
    const made = await groundVectors(vectors, this.standing)
    // A newer map may have come meanwhile.
    if (this.converted !== asked) return
    this.vectors = made
    this.changed()
  }

  /** What stands on both maps stays: terrain comes late, and must not have the houses read again. */
  private reopen(): void {
    const { map, widget } = this
    const before = new Map(this.tilesets)
    const wanted = map && widget ? map.tilesets : []
    const cities = wanted.filter(({ kind }) => kind === 'buildings').length
    const layers = Math.floor(DEPTH_LAYERS / Math.max(1, cities))
    this.tilesets = new Map(
      wanted.map((one) => {
        const key = JSON.stringify([one.id, one.kind, one.url, layers])
        const tileset = before.get(key) ?? this.opened(widget!, one, layers)
        before.delete(key)
        return [key, tileset]
      }),
    )
    for (const gone of before.values()) gone.remove()
  }

  private opened(
    widget: CesiumWidget,
    { id, kind, url }: BaseMap['tilesets'][number],
    layers: number,
  ): BaseTileset {
    const news = { changed: this.changed, unread: (fault: TileFault) => this.map?.unread?.(id, fault) }
    const tileset = new BaseTileset(id, kind, this.frame, news, layers)
    tileset.paint(this.look(kind))
    tileset.open(widget, url).catch(this.changed)
    return tileset
  }

  private paint(): void {
    for (const tileset of this.tilesets.values()) tileset.paint(this.look(tileset.kind))
    this.paintPlate()
    this.widget?.scene.requestRender()
  }

  /** Under everything else Cesium draws; a plate's colour is part of its geometry. */
  private paintPlate(): void {
    const { widget, map, plate, underground } = this
    const appearance = map?.appearance ?? 'dark'
    const shape = underground ? groundSheet : groundPlate(map?.relief?.field.lowest)
    const look = JSON.stringify([appearance, shape, map?.relief !== undefined])
    if (!widget || plate?.look === look) return
    const { longitude, latitude } = this.frame.unproject([0, 0, 0])
    const { primitives } = widget.scene
    if (plate) primitives.remove(plate.primitive)
    const primitive = createGround(longitude, latitude, groundColour('ground', appearance), shape)
    // Where there is a relief, that is the ground one looks through.
    primitive.show = !(underground && map?.relief)
    primitives.add(primitive, 0)
    this.plate = { primitive, look }
    widget.scene.backgroundColor = groundColour('void', appearance)
  }

  private look(kind: 'buildings' | 'terrain'): TilesetLook {
    const { appearance = 'dark', wet } = this.map ?? {}
    const { terrain, building, wetBuilding } = groundColours[appearance]
    return {
      colour: kind === 'terrain' ? terrain : building,
      opacity: this.underground ? SHOWN_THROUGH[kind] : 1,
      bright: appearance === 'light',
      ...(wet && kind === 'buildings' ? { wet: { ground: wet, colour: wetBuilding } } : {}),
    }
  }
}
