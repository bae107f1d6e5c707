import { Cartesian2, Cartesian3, type CesiumWidget } from '@cesium/engine'
import type { Drawing } from '../../contracts/map-kit.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { type CameraPose, metresPerPixel, projectToScreen, readPose, riseFactor } from './camera-pose.ts'
import { aimCamera, cartesian, createCesiumScene } from './cesium-scene.ts'
import { type CameraView, betweenViews, cameraAxes, cameraEye, ease } from './city-camera.ts'
import { DeckOverlay } from './deck-overlay.ts'
import { EnuFrame } from './enu-frame.ts'
import { type RendererProbe, resolutionScale } from './probe.ts'

export type MapState = 'loading' | 'busy' | 'idle'

export interface MapHostEvents {
  onState(state: MapState): void
  /** After each drawn frame: labels are put where this pose says. */
  onFrame(): void
  onResize(): void
  /** The graphics contexts were lost more often than could be mended. */
  onFailed(): void
}

interface Flight {
  from: CameraView
  to: CameraView
  startMs: number
  durationMs: number
}

/** Losses mended before the flat map takes over. */
const MOST_LOSSES = 5
/** How often Cesium is asked whether something it loaded wants drawing while nothing else happens. */
const HEARTBEAT_MS = 1000

/**
 * Cesium below, deck.gl above, one loop. Nothing is drawn while nothing changes; when Cesium's camera moves, both draw
 * in the same animation frame with the same matrices, deck.gl after Cesium. Everything shown can be built again from
 * view, layers and size, so a lost context costs a flicker.
 */
export class MapHost {
  readonly frame: EnuFrame
  readonly stats = { frames: 0, cesiumFrames: 0, deckFrames: 0, losses: 0 }
  private readonly root = document.createElement('div')
  private readonly origin: { longitude: number; latitude: number }
  private readonly quality: RendererProbe['quality']
  private readonly observer = new ResizeObserver(() => this.resized())
  private events: MapHostEvents | undefined
  private scene: CesiumWidget | undefined
  private overlay: DeckOverlay | undefined
  private layers: () => Drawing[] = () => []
  private view: CameraView = { target: [0, 0, 0], range: 500_000, heading: 0, pitch: -40 }
  private lastPose: CameraPose | undefined
  private flight: Flight | undefined
  private cameraMoved = true
  private cesiumDrew = false
  private request = 0
  private heartbeat = 0
  private animations = 0
  private pixelsPerU = 1

  constructor(origin: { longitude: number; latitude: number }, quality: RendererProbe['quality']) {
    this.origin = origin
    this.quality = quality
    this.frame = new EnuFrame(origin.longitude, origin.latitude)
    this.root.style.cssText = 'position:absolute;inset:0;overflow:hidden'
  }

  /** Shows the map in that element; a host outlives the pages that show it. */
  attach(container: HTMLElement, events: MapHostEvents): void {
    this.events = events
    container.append(this.root)
    this.observer.observe(this.root)
    this.openOnceSized()
    this.heartbeat = window.setInterval(() => this.schedule(), HEARTBEAT_MS)
    this.cameraMoved = true
    this.schedule()
  }

  detach(): void {
    this.events = undefined
    this.observer.disconnect()
    window.clearInterval(this.heartbeat)
    cancelAnimationFrame(this.request)
    this.request = 0
    this.root.remove()
  }

  destroy(): void {
    this.detach()
    this.close()
  }

  get size(): { width: number; height: number } {
    return { width: this.root.clientWidth, height: this.root.clientHeight }
  }

  get pose(): CameraPose | undefined {
    return this.lastPose
  }

  get cameraView(): CameraView {
    return this.flight?.to ?? this.view
  }

  /** Layers are asked for anew after a lost context: a deck.gl layer belongs to the context it was drawn in. */
  setLayers(build: () => Drawing[], pixelsPerU: number): void {
    this.layers = build
    this.pixelsPerU = pixelsPerU
    this.overlay?.setLayers(build())
    this.schedule()
  }

  flyTo(to: CameraView, seconds: number): void {
    if (seconds <= 0) {
      this.flight = undefined
      this.view = to
      this.cameraMoved = true
    } else {
      this.flight = { from: this.view, to, startMs: performance.now(), durationMs: seconds * 1000 }
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
    return projectToScreen(this.lastPose, [at[0], at[1], at[2] + rise])
  }

  /** The point of the ground under a CSS pixel; undefined above the horizon. */
  groundAt(x: number, y: number): EnuMetres | undefined {
    const hit = this.scene?.camera.pickEllipsoid(new Cartesian2(x, y), undefined, new Cartesian3())
    return hit && this.frame.fromEarth(hit)
  }

  /** A page may hold the map hidden; Cesium and deck.gl cannot start on a canvas without pixels. */
  private openOnceSized(): void {
    const { width, height } = this.size
    if (!this.scene && width > 0 && height > 0) this.open()
  }

  private open(): void {
    try {
      this.scene = createCesiumScene(this.root, this.origin, this.quality)
    } catch {
      this.events?.onFailed()
      return
    }
    this.scene.scene.postRender.addEventListener(() => {
      this.cesiumDrew = true
      this.stats.cesiumFrames++
    })
    this.scene.scene.renderError.addEventListener(() => this.lost())
    this.resize()
    this.aim()
    this.overlay = new DeckOverlay(this.root, this.readPose(this.scene), this.pixelsPerU, () =>
      this.schedule(),
    )
    this.overlay.setResolution(this.scene.resolutionScale)
    this.overlay.setLayers(this.layers())
    for (const canvas of [this.scene.canvas, this.overlay.canvas])
      canvas.addEventListener('webglcontextlost', () => this.lost(), { once: true })
  }

  private close(): void {
    this.overlay?.destroy()
    if (this.scene && !this.scene.isDestroyed()) this.scene.destroy()
    this.overlay = undefined
    this.scene = undefined
    this.root.replaceChildren()
  }

  private lost(): void {
    if (!this.scene) return
    this.stats.losses++
    this.events?.onState('loading')
    // Out of the event's own turn: Cesium and deck.gl still hold the canvas that is telling us.
    const failed = this.stats.losses > MOST_LOSSES
    window.setTimeout(() => {
      this.close()
      if (failed) this.events?.onFailed()
      else {
        this.openOnceSized()
        this.cameraMoved = true
        this.schedule()
      }
    })
    this.scene.useDefaultRenderLoop = false
  }

  private schedule(): void {
    if (this.request || !this.events) return
    this.request = requestAnimationFrame((now) => {
      this.request = 0
      this.tick(now)
    })
  }

  private tick(now: number): void {
    const { scene, overlay } = this
    if (!scene || !overlay || this.size.width === 0) return
    this.stats.frames++
    this.advance(now)
    if (this.cameraMoved) this.aim()
    this.cesiumDrew = false
    scene.resize()
    scene.render()
    if (this.cesiumDrew || this.cameraMoved || !this.lastPose) this.lastPose = this.readPose(scene)
    const drew = overlay.draw(this.lastPose, this.pixelsPerU, this.animations > 0)
    if (drew) this.stats.deckFrames++
    if (drew || this.cesiumDrew || this.cameraMoved) this.events?.onFrame()
    this.cameraMoved = false
    const moving = this.flight !== undefined || this.animations > 0
    const pending = overlay.pending || this.stats.deckFrames === 0
    this.events?.onState(this.stats.deckFrames === 0 ? 'loading' : moving || pending ? 'busy' : 'idle')
    if (moving || pending) this.schedule()
  }

  private advance(now: number): void {
    if (!this.flight) return
    const fraction = Math.min(1, Math.max(0, (now - this.flight.startMs) / this.flight.durationMs))
    this.view = betweenViews(this.flight.from, this.flight.to, ease(fraction))
    this.cameraMoved = true
    if (fraction >= 1) this.flight = undefined
  }

  private aim(): void {
    if (!this.scene) return
    const { direction, up } = cameraAxes(this.view)
    const earth = (at: EnuMetres): Cartesian3 => cartesian(this.frame.directionToEarth(at))
    aimCamera(this.scene, cartesian(this.frame.toEarth(cameraEye(this.view))), earth(direction), earth(up))
  }

  private readPose(scene: CesiumWidget): CameraPose {
    const { width, height } = this.size
    return readPose(scene.camera, this.frame, Math.max(1, width), Math.max(1, height))
  }

  private resize(): void {
    if (!this.scene) return
    const { width, height } = this.size
    const scale = resolutionScale(this.quality, width, height)
    if (this.scene.resolutionScale !== scale) this.scene.resolutionScale = scale
    this.overlay?.setResolution(scale)
    this.scene.resize()
  }

  private resized(): void {
    this.openOnceSized()
    this.resize()
    this.cameraMoved = true
    this.events?.onResize()
    this.schedule()
  }
}
