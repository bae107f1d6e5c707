import type { CesiumWidget } from '@cesium/engine'
import type { Drawing } from '../../contracts/map-kit.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import type { WallSlice } from '../../ui/wall-part.ts'
import { type BaseMap, BaseMapView } from './base-map.ts'
import { CameraFlight } from './camera-flight.ts'
import {
  type CameraPose,
  metresPerPixel,
  projectToScreen,
  rayAt,
  readPose,
  riseFactor,
} from './camera-pose.ts'
import { aimCamera, cartesian } from './cesium-scene.ts'
import { type CameraView, cameraAxes, cameraEye, onRelief } from './city-camera.ts'
import type { CityGround } from './city-ground.ts'
import { EnuFrame } from './enu-frame.ts'
import { type MapGraphics, openGraphics } from './map-graphics.ts'
import { type Quality, resolutionScale } from './probe.ts'
import { Recovery } from './recovery.ts'
import { buildingAt, groundMet } from './sight.ts'
import { ScreenPart, partFrustum } from './wall-slice.ts'

export type MapState = 'loading' | 'busy' | 'idle'

export interface MapHostEvents {
  onState(state: MapState): void
  /** After each drawn frame: labels are put where this pose says. */
  onFrame(): void
  onResize(): void
  /** The graphics contexts could not be had back. */
  onFailed(): void
}

/** What stands at a point of the canvas. */
export interface MapPick {
  /** Of what is drawn on top, as `collection/id`. */
  feature?: string
  /** Where the ground is, unless something stands in front of it or the sky is there. */
  ground?: EnuMetres
}

/** How often Cesium is asked whether something it loaded wants drawing while nothing else happens. */
const HEARTBEAT_MS = 1000
/** Pause between pictures of what moves by itself, on a machine that draws without a card. */
const SOFTWARE_PAUSE_MS = 100

/**
 * Cesium below, deck.gl above, one loop. Nothing is drawn while nothing changes; when Cesium's camera moves, both draw
 * in the same animation frame with the same matrices, deck.gl after Cesium. Everything shown can be built again from
 * view, layers and size, so a lost context costs a flicker.
 */
export class MapHost {
  readonly frame: EnuFrame
  readonly stats = { frames: 0, cesiumFrames: 0, deckFrames: 0, losses: 0, restores: 0, lastRestoreMs: 0 }
  readonly slice: WallSlice | undefined
  private readonly root = document.createElement('div')
  private readonly screen: ScreenPart
  readonly quality: Quality
  private readonly observer = new ResizeObserver(() => this.resized())
  private readonly recovery = new Recovery()
  private readonly base: BaseMapView
  private events: MapHostEvents | undefined
  private graphics: MapGraphics | undefined
  private layers: () => Drawing[] = () => []
  private view: CameraView = { target: [0, 0, 0], range: 500_000, heading: 0, pitch: -40 }
  private lastPose: CameraPose | undefined
  private flight: CameraFlight | undefined
  private cameraMoved = true
  private cesiumDrew = false
  private request = 0
  private heartbeat = 0
  private pause = 0
  private animations = 0
  private animatedMs = 0
  private lostMs = 0
  private pixelsPerU = 1
  private underground = false

  constructor(origin: { longitude: number; latitude: number }, quality: Quality, slice?: WallSlice) {
    this.quality = quality
    this.slice = slice
    this.frame = new EnuFrame(origin.longitude, origin.latitude)
    this.base = new BaseMapView(this.frame, () => {
      this.drawLayers()
      this.schedule()
    })
    this.screen = new ScreenPart(this.root, slice)
  }

  /** Shows the map in that element; a host outlives the pages that show it. */
  attach(container: HTMLElement, events: MapHostEvents): void {
    this.events = events
    container.append(this.root)
    this.observer.observe(container)
    this.screen.place()
    this.openOnceSized()
    this.heartbeat = window.setInterval(() => {
      // A wall that is shifted against burn-in moves under its screens without changing its size.
      if (this.screen.place()) this.resized()
      this.schedule()
    }, HEARTBEAT_MS)
    this.cameraMoved = true
    this.schedule()
  }

  detach(): void {
    this.events = undefined
    this.observer.disconnect()
    window.clearInterval(this.heartbeat)
    window.clearTimeout(this.pause)
    cancelAnimationFrame(this.request)
    this.request = 0
    this.pause = 0
    this.root.remove()
  }

  destroy(): void {
    this.detach()
    this.close()
  }

  /** CSS pixels of the whole picture, of which this screen may draw a part only; all places are given in them. */
  get size(): { width: number; height: number } {
    return this.screen.whole
  }

  get pose(): CameraPose | undefined {
    return this.lastPose
  }

  get cameraView(): CameraView {
    return this.flight?.to ?? this.view
  }

  /** What everything on this map stands on; another one once a base map with a relief is shown. */
  get ground(): CityGround {
    return this.base.ground
  }

  /** Layers are asked for anew after a lost context: a deck.gl layer belongs to the context it was drawn in. */
  setLayers(build: () => Drawing[], pixelsPerU: number): void {
    this.layers = build
    this.pixelsPerU = pixelsPerU
    this.drawLayers()
    this.schedule()
  }

  /** The ground under all layers; undefined takes it away. */
  setBaseMap(map: BaseMap | undefined): void {
    const before = this.ground
    this.base.show(map)
    if (this.ground !== before) this.cameraMoved = true
    this.drawLayers()
    this.schedule()
  }

  /** Ground and buildings become translucent, so that what lies below is seen and picked. */
  setUnderground(on: boolean): void {
    if (this.underground === on) return
    this.underground = on
    this.base.setUnderground(on)
    this.cameraMoved = true
    this.drawLayers()
    this.schedule()
  }

  flyTo(to: CameraView, seconds: number): void {
    if (seconds <= 0) {
      this.flight = undefined
      this.view = to
      this.cameraMoved = true
    } else {
      this.flight = new CameraFlight(this.view, to, performance.now(), seconds * 1000)
    }
    this.schedule()
  }

  /** Deck.gl draws every frame while held; Cesium only when its own scene changed. Returns the release. */
  retainAnimation(): () => void {
    this.animations++
    this.schedule()
    let held = true
    return () => {
      if (held) this.animations--
      held = false
    }
  }

  /** CSS pixels of a point `lift` u above `at`; undefined behind the camera or before the first frame. */
  project(at: EnuMetres, lift = 0): { x: number; y: number } | undefined {
    if (!this.lastPose) return undefined
    const rise = lift * this.pixelsPerU * metresPerPixel(this.lastPose) * riseFactor(this.lastPose)
    return this.screen.toWhole(projectToScreen(this.lastPose, [at[0], at[1], at[2] + rise]))
  }

  /** The point of the ground under a CSS pixel; undefined above the horizon. */
  groundAt(x: number, y: number): EnuMetres | undefined {
    const { graphics, lastPose } = this
    if (!graphics || !lastPose) return undefined
    const { frame, ground } = this
    const { ellipsoid } = graphics.scene.scene
    const sight = rayAt(lastPose, ...this.screen.toPart(x, y))
    return groundMet(lastPose.eye, sight, { frame, ground, ellipsoid })
  }

  /** What is drawn on top at a CSS pixel. A solid in front hides what is behind it here as it does in the picture. */
  pick(x: number, y: number): MapPick {
    const hit = this.graphics?.overlay.pick(...this.screen.toPart(x, y))
    const ground = hit?.solid ? undefined : this.groundAt(x, y)
    return {
      ...(hit?.feature === undefined ? {} : { feature: hit.feature }),
      ...(ground ? { ground } : {}),
    }
  }

  /** What the base map says of the building at a CSS pixel, asked of Cesium, which drew it. */
  buildingAt(x: number, y: number): Readonly<Record<string, unknown>> | undefined {
    return this.graphics && buildingAt(this.graphics.scene.scene, ...this.screen.toPart(x, y))
  }

  /** A page may hold the map hidden; Cesium and deck.gl cannot start on a canvas without pixels. */
  private openOnceSized(): void {
    if (!this.graphics && this.size.width > 0 && !this.screen.elsewhere) this.open()
  }

  private open(): void {
    const aimed = (scene: CesiumWidget): CameraPose => {
      this.aim(scene)
      return this.readPose(scene)
    }
    try {
      this.graphics = openGraphics(this.root, this.quality, this.pixelsPerU, aimed, {
        onDrawn: () => {
          this.cesiumDrew = true
          this.stats.cesiumFrames++
        },
        onReady: () => this.schedule(),
        onLost: () => this.lost(),
      })
    } catch {
      this.root.replaceChildren()
      this.restoreLater()
      return
    }
    this.resize()
    this.base.attach(this.graphics.scene)
    this.drawLayers()
  }

  private close(): void {
    this.base.detach()
    this.graphics?.close()
    this.graphics = undefined
  }

  private lost(): void {
    this.stats.losses++
    this.lostMs ||= performance.now()
    this.events?.onState('loading')
    // Out of the event's own turn: Cesium and deck.gl still hold the canvas that is telling us.
    queueMicrotask(() => {
      this.close()
      this.restoreLater()
    })
  }

  private restoreLater(): void {
    const waitMs = this.recovery.lost(performance.now())
    if (waitMs === undefined) {
      this.events?.onFailed()
      return
    }
    window.setTimeout(() => {
      this.openOnceSized()
      this.cameraMoved = true
      this.schedule()
    }, waitMs)
  }

  private drawLayers(): void {
    const ground = this.base.drawings(this.lastPose)
    this.graphics?.overlay.setLayers([...ground, ...this.layers()], this.underground)
  }

  private schedule(): void {
    if (this.request || !this.events) return
    this.request = requestAnimationFrame((now) => {
      this.request = 0
      this.tick(now)
    })
  }

  private tick(now: number): void {
    const { graphics } = this
    // A screen of a wall beside the map has nothing to draw, and nothing to wait for.
    if (this.screen.elsewhere) this.events?.onState('idle')
    if (!graphics || this.screen.elsewhere) return
    const { scene, overlay } = graphics
    this.stats.frames++
    this.advance(now)
    if (this.cameraMoved) this.aim(scene)
    this.cesiumDrew = false
    scene.resize()
    scene.render()
    if (this.graphics !== graphics) return
    if (this.cesiumDrew || this.cameraMoved || !this.lastPose) {
      this.lastPose = this.readPose(scene)
      if (this.base.cameraMoved(this.lastPose)) this.drawLayers()
    }
    const animated = this.animationDue(now)
    const drew = overlay.draw(this.lastPose, this.pixelsPerU, animated)
    if (drew) this.drawn()
    if (drew || this.cesiumDrew || this.cameraMoved) this.events?.onFrame()
    this.cameraMoved = false
    this.goOn(overlay.pending || this.base.pending || (this.stats.deckFrames === 0 && overlay.alive))
  }

  private drawn(): void {
    this.stats.deckFrames++
    this.recovery.drawn()
    if (this.lostMs === 0) return
    this.stats.restores++
    this.stats.lastRestoreMs = performance.now() - this.lostMs
    this.lostMs = 0
  }

  private goOn(pending: boolean): void {
    const moving = this.flight !== undefined || this.animations > 0
    const animated = this.graphics?.overlay.animated ?? false
    const waiting = this.stats.deckFrames === 0 || this.lostMs > 0
    this.events?.onState(waiting ? 'loading' : moving || pending ? 'busy' : 'idle')
    if (moving || pending || (animated && this.quality === 'full')) this.schedule()
    else if (animated && this.pause === 0)
      this.pause = window.setTimeout(() => {
        this.pause = 0
        this.schedule()
      }, SOFTWARE_PAUSE_MS)
  }

  /** True when what moves by itself wants a new picture: each frame on a card, ten a second without one. */
  private animationDue(now: number): boolean {
    if (this.animations > 0) return true
    if (!this.graphics?.overlay.animated) return false
    if (this.quality === 'software' && now - this.animatedMs < SOFTWARE_PAUSE_MS * 0.9) return false
    this.animatedMs = now
    return true
  }

  private advance(now: number): void {
    if (!this.flight) return
    const { view, done } = this.flight.at(now)
    this.view = view
    this.cameraMoved = true
    if (done) this.flight = undefined
  }

  /** The view as it is really taken. */
  private get seen(): CameraView {
    const { ground, underground, view } = this
    return ground.surface ? onRelief(view, (east, north) => ground.upAt(east, north), underground) : view
  }

  private aim(scene: CesiumWidget): void {
    const view = this.seen
    const { direction, up } = cameraAxes(view)
    const earth = (at: EnuMetres) => cartesian(this.frame.directionToEarth(at))
    const eye = cartesian(this.frame.toEarth(cameraEye(view)))
    aimCamera(scene, eye, earth(direction), earth(up), partFrustum(this.size, this.screen.part))
  }

  private readPose(scene: CesiumWidget): CameraPose {
    const { width, height } = this.screen.part
    const { center } = partFrustum(this.size, this.screen.part)
    const range = this.underground || this.ground.surface ? this.view.range : undefined
    return readPose(scene.camera, this.frame, Math.max(1, width), Math.max(1, height), center, range)
  }

  private resize(): void {
    if (!this.graphics) return
    const { scene, overlay } = this.graphics
    const { width, height } = this.screen.part
    const scale = resolutionScale(this.quality, width, height, window.devicePixelRatio)
    if (scene.resolutionScale !== scale) scene.resolutionScale = scale
    overlay.setResolution(scale)
    scene.resize()
  }

  private resized(): void {
    this.screen.place()
    this.openOnceSized()
    this.resize()
    this.cameraMoved = true
    this.events?.onResize()
    this.schedule()
  }
}
