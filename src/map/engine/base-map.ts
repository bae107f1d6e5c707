import type { CesiumWidget, Primitive } from '@cesium/engine'
import type { Drawing } from '../../contracts/map-kit.ts'
import type { VectorCollection } from '../../domain/basemap.ts'
import { type Appearance, groundColours } from './base-colours.ts'
import { BaseTileset } from './base-tileset.ts'
import { type GroundVectors, groundDrawings, groundVectors } from './base-vectors.ts'
import { type CameraPose, metresPerPixel } from './camera-pose.ts'
import { groundColour } from './cesium-scene.ts'
import type { EnuFrame } from './enu-frame.ts'
import { createGround } from './ground.ts'

/** What a built base map hands the engine. */
export interface BaseMap {
  appearance: Appearance
  /** Addresses on the own origin. */
  tilesets: readonly { id: string; kind: 'buildings' | 'terrain'; url: string }[]
  vectors: readonly { id: string; collection: VectorCollection }[]
}

/** Zooming by this factor changes how far streets have faded. */
const ZOOM_STEP = 2 ** 0.25

/** The ground under all layers: what deck.gl draws of it, and the tilesets Cesium draws. */
export class BaseMapView {
  private readonly frame: EnuFrame
  private readonly changed: () => void
  private map: BaseMap | undefined
  private widget: CesiumWidget | undefined
  private tilesets: BaseTileset[] = []
  private vectors: GroundVectors | undefined
  private converted: BaseMap['vectors'] | undefined
  private plate: { primitive: Primitive; appearance: Appearance } | undefined
  private underground = false
  private zoom = NaN

  constructor(frame: EnuFrame, changed: () => void) {
    this.frame = frame
    this.changed = changed
  }

  show(map: BaseMap | undefined): void {
    const before = this.map
    this.map = map
    if (map && map.vectors !== this.converted) void this.convert(map.vectors)
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
    for (const tileset of this.tilesets) tileset.close()
    this.tilesets = []
    this.widget = undefined
    this.plate = undefined
  }

  /** True when the camera came so much nearer or went so much farther that streets fade otherwise. */
  cameraMoved(pose: CameraPose): boolean {
    for (const tileset of this.tilesets) tileset.show(metresPerPixel(pose))
    if (!this.vectors) return false
    const zoom = Math.round(Math.log(metresPerPixel(pose)) / Math.log(ZOOM_STEP))
    const moved = zoom !== this.zoom
    this.zoom = zoom
    return moved
  }

  get pending(): boolean {
    return this.tilesets.some((tileset) => tileset.pending)
  }

  drawings(pose: CameraPose | undefined): Drawing[] {
    const { map, vectors, underground } = this
    const ground =
      map && vectors && pose
        ? groundDrawings(vectors, groundColours[map.appearance], metresPerPixel(pose))
        : []
    // Nothing underground hides behind a building that stands on it.
    const depth = underground ? [] : this.tilesets.map((tileset) => tileset.occluding())
    return [...ground, ...depth]
  }

  private async convert(vectors: BaseMap['vectors']): Promise<void> {
    this.converted = vectors
    const made = await groundVectors(vectors, this.frame)
    // A newer map may have come meanwhile.
    if (this.converted !== vectors) return
    this.vectors = made
    this.changed()
  }

  private reopen(): void {
    const { map, widget } = this
    for (const tileset of this.tilesets) tileset.remove()
    this.tilesets = []
    if (!map || !widget) return
    for (const { id, kind, url } of map.tilesets) {
      const tileset = new BaseTileset(id, this.frame, this.changed)
      this.tilesets.push(tileset)
      tileset.paint(this.colour(kind), map.appearance === 'light')
      tileset.open(widget, url, kind).catch(this.changed)
    }
  }

  private paint(): void {
    for (const tileset of this.tilesets)
      tileset.paint(this.colour(tileset.kind), this.map?.appearance === 'light')
    this.paintPlate()
    this.widget?.scene.requestRender()
  }

  /** Under everything else Cesium draws; a plate's colour is part of its geometry. */
  private paintPlate(): void {
    const { widget, map, plate } = this
    const appearance = map?.appearance ?? 'dark'
    if (!widget || plate?.appearance === appearance) return
    const { longitude, latitude } = this.frame.unproject([0, 0, 0])
    const { primitives } = widget.scene
    if (plate) primitives.remove(plate.primitive)
    const primitive = createGround(longitude, latitude, groundColour('ground', appearance))
    primitives.add(primitive, 0)
    this.plate = { primitive, appearance }
    widget.scene.backgroundColor = groundColour('void', appearance)
  }

  private colour(kind: 'buildings' | 'terrain'): string {
    const colours = groundColours[this.map?.appearance ?? 'dark']
    const css = kind === 'terrain' ? colours.terrain : colours.building
    return `color('${css}', ${this.underground ? 0.18 : 1})`
  }
}
