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

/** deck.gl on a transparent canvas above Cesium's, drawing only when the host says so and with the host's camera. */
export class DeckOverlay {
  readonly canvas: HTMLCanvasElement
  private readonly deck: Deck<EnuView[]>
  private layers: Layer[] = []
  private ready = false

  constructor(container: HTMLElement, pose: CameraPose, pixelsPerU: number, onReady: () => void) {
    this.canvas = document.createElement('canvas')
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none'
    container.append(this.canvas)
    this.deck = new Deck<EnuView[]>({
      canvas: this.canvas,
      width: '100%',
      height: '100%',
      views: [new EnuView({ id: 'city' })],
      viewState: { city: { pose, pixelsPerU, timeMs: performance.now() } },
      controller: false,
      layers: [],
      useDevicePixels: false,
      deviceProps: { type: 'webgl', webgl: { antialias: true, powerPreference: 'high-performance' } },
      onLoad: () => {
        this.internals.animationLoop?.stop()
        // deck.gl makes its canvas a keyboard stop; here it would be one that does nothing.
        this.canvas.tabIndex = -1
        this.ready = true
        onReady()
      },
    })
  }

  setLayers(drawings: readonly Drawing[]): void {
    this.layers = drawOrder(drawings)
    this.deck.setProps({ layers: this.layers })
  }

  /** True while a layer moves by itself. */
  get animated(): boolean {
    return this.layers.some((layer) => layer instanceof KitLayer && layer.props.animated === true)
  }

  /** What is drawn on top within three CSS pixels; `blocked` when that is a solid without a name. */
  pick(x: number, y: number): { feature?: string; blocked: boolean } {
    const hit = this.ready ? this.deck.pickObject({ x, y, radius: 3 }) : null
    if (!hit) return { blocked: false }
    const feature = featureOf(hit.layer, hit.index)
    return feature === undefined ? { blocked: true } : { feature, blocked: true }
  }

  /** Drawn pixels per CSS pixel. */
  setResolution(scale: number): void {
    this.deck.setProps({ useDevicePixels: scale === 1 ? false : scale })
  }

  /** Draws with this camera if anything changed; true when it drew. */
  draw(pose: CameraPose, pixelsPerU: number, animated: boolean): boolean {
    if (!this.ready) return false
    this.deck.setProps({ viewState: { city: { pose, pixelsPerU, timeMs: performance.now() } } })
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

  private get internals(): DeckInternals {
    return this.deck as unknown as DeckInternals
  }
}
