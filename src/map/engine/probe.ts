/** What the machine can draw: a card, software only, or no WebGL2 at all. */
export interface RendererProbe {
  quality: 'full' | 'software' | 'none'
  renderer: string
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i

export function probeRenderer(canvas: HTMLCanvasElement = document.createElement('canvas')): RendererProbe {
  const gl = canvas.getContext('webgl2')
  if (!gl) return { quality: 'none', renderer: '' }
  const naming = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(naming ? naming.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  // A probe's context counts against the page's limit until it is given back.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return { quality: SOFTWARE.test(renderer) ? 'software' : 'full', renderer }
}

/** Share of the canvas's pixels that is really drawn: a software renderer pays for every one of a video wall's 12 million. */
export function resolutionScale(quality: RendererProbe['quality'], width: number, height: number): number {
  if (quality === 'full') return 1
  return width * height > 3e6 ? 0.5 : 1
}
