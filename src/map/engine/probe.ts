import { timePicture } from './test-picture.ts'

/** How much the engine draws: everything, or what a machine without a card can. */
export type Quality = 'full' | 'software'

export interface RendererProbe {
  quality: Quality | 'none'
  renderer: string
  /** Milliseconds of the test picture; Infinity where nothing can be drawn. */
  pictureMs: number
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i

/** What this browser draws with and how fast, by its own word and by a small picture that is timed. */
export function probeRenderer(
  canvas: HTMLCanvasElement = document.createElement('canvas'),
  time: typeof timePicture = timePicture,
): RendererProbe {
  const gl = canvas.getContext('webgl2', { antialias: false, powerPreference: 'high-performance' })
  if (!gl) return { quality: 'none', renderer: '', pictureMs: Infinity }
  const naming = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(naming ? naming.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  const pictureMs = time(gl)
  // A probe's context counts against the page's limit until it is given back.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return { quality: SOFTWARE.test(renderer) ? 'software' : 'full', renderer, pictureMs }
}

/** A card pays for every one of a video wall's 12 million pixels, and a machine without one for every one of three. */
const FULL_UP_TO = 8e6
const SOFTWARE_UP_TO = 3e6

/** A display of more than one pixel to the CSS pixel is drawn as sharp as this allows: two pictures of 1920 × 1080. */
const SHARP_UP_TO = 4.2e6

/**
 * Drawn pixels per CSS pixel of the canvas, across.
 * @param ratio of the display: its own pixels per CSS pixel
 */
export function resolutionScale(quality: Quality, width: number, height: number, ratio = 1): number {
  const pixels = width * height
  if (quality === 'software') return pixels > SOFTWARE_UP_TO ? 0.5 : 1
  if (pixels > FULL_UP_TO) return 0.67
  // In quarters, so that both libraries round a canvas to the same size.
  const sharpest = Math.floor(Math.sqrt(SHARP_UP_TO / Math.max(1, pixels)) * 4) / 4
  return Math.max(1, Math.min(ratio, sharpest))
}
