import { Deck, type Layer } from '@deck.gl/core'
import type { Drawing } from '../../contracts/map-kit.ts'
import type { CameraPose } from './camera-pose.ts'
import { drawOrder } from './draw-order.ts'
import { EnuView } from './enu-viewport.ts'
import { KitLayer, featureOf } from './kit/kit-layer.ts'

/** The members of deck.gl 9.4 that have no public name and that one loop for two libraries needs; the version is pinned. */
interface DeckInternals {
  animationLoop: { stop(): void } | null
  layerManager: { updateLayers(): void } | null
}

/** The same on all screens of a wall, so that what flows across a seam flows on. */
function sharedTimeMs(): number {
  return performance.timeOrigin + performance.now()
}

/** deck.gl on a transparent canvas above Cesium's, drawing only when the host says so and with the host's camera. */
export class DeckOverlay {
  readonly canvas: HTMLCanvasElement
  private readonly deck: Deck<EnuView[]>
  private layers: Layer[] = []
  private ready = false
  private scale = 1
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)')

  constructor(
    container: HTMLElement,
    pose: CameraPose,
    pixelsPerU: number,
    events: { onReady(): void; onLost(): void },
  ) {
    this.canvas = document.createElement('canvas')
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none'
    container.append(this.canvas)
    this.deck = new Deck<EnuView[]>({
      canvas: this.canvas,
      width: '100%',
      height: '100%',
      views: [new EnuView({ id: 'city' })],
      viewState: { city: { pose, pixelsPerU, timeMs: sharedTimeMs() } },
      controller: false,
      layers: [],
      useDevicePixels: false,
      deviceProps: { type: 'webgl', webgl: { antialias: true, powerPreference: 'high-performance' } },
      onLoad: () => {
        this.internals.animationLoop?.stop()
        // deck.gl makes its canvas a keyboard stop; here it would be one that does nothing.
        this.canvas.tabIndex = -1
        this.ready = true
        // What was set before there was a canvas to draw on is lost.
        this.setResolution(this.scale)
        events.onReady()
      },
      onError: (error) => {
        // A context lost while shaders are built shows as an error of theirs, one refused as an error before the first picture.
        if (!this.ready || this.lost) events.onLost()
        else throw error
      },
    })
  }

  setLayers(drawings: readonly Drawing[], underground: boolean): void {
    // A layer kept from a lost context has its buffers there; a copy of it makes its own here.
    this.layers = drawOrder(drawings, underground).map((layer) =>
      layer.context && layer.context.deck !== this.deck ? layer.clone({}) : layer,
    )
    this.deck.setProps({ layers: this.layers })
  }

  /** False while deck.gl still starts, and again once its context is lost. */
  get alive(): boolean {
    return this.ready && !this.lost
  }

  /** True while a layer moves by itself, and the viewer wants things to. */
  get animated(): boolean {
    if (this.still.matches) return false
    return this.layers.some((layer) => layer instanceof KitLayer && layer.props.animated === true)
  }

  /** What is drawn on top within three CSS pixels; `solid` when it hides the ground. */
  pick(x: number, y: number): { feature?: string; solid: boolean } {
    const hit = this.alive ? this.deck.pickObject({ x, y, radius: 3 }) : null
    if (!hit) return { solid: false }
    const feature = featureOf(hit.layer, hit.index)
    const solid = hit.layer instanceof KitLayer && hit.layer.props.solid
    return { ...(feature === undefined ? {} : { feature }), solid }
  }

  /** Drawn pixels per CSS pixel. */
  setResolution(scale: number): void {
    this.scale = scale
    this.deck.setProps({ useDevicePixels: scale === 1 ? false : scale })
  }

  /** Draws with this camera if anything changed; true when it drew. */
  draw(pose: CameraPose, pixelsPerU: number, animated: boolean): boolean {
    if (!this.alive) return false
    this.deck.setProps({ viewState: { city: { pose, pixelsPerU, timeMs: sharedTimeMs() } } })
    this.internals.layerManager?.updateLayers()
    if (!animated && !this.deck.needsRedraw({ clearRedrawFlags: false })) return false
    this.deck.redraw(animated ? 'animation' : undefined)
    return true
  }

  /** True while something has still to be loaded or drawn. */
  get pending(): boolean {
    return (
      !this.ready ||
      this.layers.some((layer) => !layer.isLoaded) ||
      Boolean(this.deck.needsRedraw({ clearRedrawFlags: false }))
    )
  }

  destroy(): void {
    this.deck.finalize()
    this.canvas.remove()
  }

  private get lost(): boolean {
    return this.canvas.getContext('webgl2')?.isContextLost() ?? false
  }

  private get internals(): DeckInternals {
    return this.deck as unknown as DeckInternals
  }
}
