import type { CesiumWidget } from '@cesium/engine'
import type { CameraPose } from './camera-pose.ts'
import { createCesiumScene } from './cesium-scene.ts'
import { DeckOverlay } from './deck-overlay.ts'
import type { Quality } from './probe.ts'

/** What one pair of graphics contexts holds; thrown away whole when either is lost. */
export interface MapGraphics {
  scene: CesiumWidget
  overlay: DeckOverlay
  close(): void
}

/** Why a pair ended: told once, in whatever way the loss shows first. */
export interface GraphicsEvents {
  onDrawn(): void
  onReady(): void
  onLost(): void
}

/** Builds both canvases in the element. Throws when the browser gives no context. */
export function openGraphics(
  root: HTMLElement,
  quality: Quality,
  pixelsPerU: number,
  aimed: (scene: CesiumWidget) => CameraPose,
  events: GraphicsEvents,
): MapGraphics {
  const scene = createCesiumScene(root, quality)
  let told = false
  const lost = (): void => {
    if (!told) events.onLost()
    told = true
  }
  scene.scene.postRender.addEventListener(events.onDrawn)
  scene.scene.renderError.addEventListener(lost)
  const overlay = overlayOn(root, scene, aimed, pixelsPerU, { onReady: events.onReady, onLost: lost })
  for (const canvas of [scene.canvas, overlay.canvas]) canvas.addEventListener('webglcontextlost', lost)
  return {
    scene,
    overlay,
    close() {
      told = true
      overlay.destroy()
      if (!scene.isDestroyed()) scene.destroy()
      root.replaceChildren()
    },
  }
}

/** Where deck.gl cannot start, Cesium's context goes too: a page may hold sixteen. */
function overlayOn(
  root: HTMLElement,
  scene: CesiumWidget,
  aimed: (scene: CesiumWidget) => CameraPose,
  pixelsPerU: number,
  events: Pick<GraphicsEvents, 'onReady' | 'onLost'>,
): DeckOverlay {
  try {
    return new DeckOverlay(root, aimed(scene), pixelsPerU, events)
  } catch (error) {
    scene.destroy()
    throw error
  }
}
