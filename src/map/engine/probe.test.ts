import { expect, it, vi } from 'vitest'
import { probeRenderer, resolutionScale } from './probe.ts'
import { timePicture } from './test-picture.ts'

function canvas(renderer: string | undefined, loseContext = vi.fn()): HTMLCanvasElement {
  const gl = {
    RENDERER: 1,
    getExtension: (name: string) =>
      ({ WEBGL_debug_renderer_info: { UNMASKED_RENDERER_WEBGL: 2 }, WEBGL_lose_context: { loseContext } })[
        name
      ] ?? null,
    getParameter: (name: number) => (name === 2 ? renderer : 'WebKit WebGL'),
  }
  return { getContext: () => (renderer === undefined ? null : gl) } as unknown as HTMLCanvasElement
}

it.each([
  ['ANGLE (NVIDIA, NVIDIA RTX A4000, OpenGL 4.6)', 'full'],
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)))', 'software'],
  ['llvmpipe (LLVM 15.0.6, 256 bits)', 'software'],
])('%s draws %s, times its picture and gives the context back', (renderer, quality) => {
  const loseContext = vi.fn()
  const probe = probeRenderer(canvas(renderer, loseContext), () => 7)
  expect(probe).toEqual({ quality, renderer, pictureMs: 7 })
  expect(loseContext).toHaveBeenCalledOnce()
})

it('knows a machine that cannot draw', () => {
  expect(probeRenderer(canvas(undefined))).toEqual({ quality: 'none', renderer: '', pictureMs: Infinity })
})

/** A context whose every drawing takes what `takes` says of its vertices, and what was drawn with it. */
function timed(takes: (vertices: number) => number, links = true) {
  let clock = 0
  const drawn: number[] = []
  const gl = new Proxy<Record<string, unknown>>(
    { canvas: {} },
    {
      get: (target, name: string) =>
        target[name] ??
        {
          createProgram: () => ({}),
          createShader: () => ({}),
          getProgramParameter: () => links,
          drawArrays: (_kind: number, _first: number, vertices: number) => {
            drawn.push(vertices)
            clock += takes(vertices)
          },
        }[name] ??
        (() => undefined),
    },
  ) as unknown as WebGL2RenderingContext
  return { ms: timePicture(gl, () => clock), drawn }
}

it('takes the quickest of three pictures: a busy moment is not a slow card', () => {
  const times = [300, 2, 40, 12, 90]
  const { ms, drawn } = timed(() => times.shift()!)
  expect(ms).toBe(12)
  expect(drawn).toHaveLength(5)
})

it('does not ask a hopeless machine for the large picture', () => {
  const { ms, drawn } = timed((vertices) => vertices / 10)
  expect(ms).toBeGreaterThan(1000)
  expect(drawn).toHaveLength(2)
})

it('takes a shader that does not link for a machine that cannot draw', () => {
  expect(timed(() => 1, false).ms).toBe(Infinity)
})

it('halves a software renderer on a video wall only, and spares a card a third of its largest', () => {
  expect(resolutionScale('software', 808, 620)).toBe(1)
  expect(resolutionScale('software', 2900, 1600)).toBe(0.5)
  expect(resolutionScale('full', 2900, 1600)).toBe(1)
  expect(resolutionScale('full', 5760, 2160)).toBe(0.67)
})

it('draws a sharp display in its own pixels on a card, as far as two pictures of 1080 go, and never without one', () => {
  expect(resolutionScale('full', 1280, 800, 2)).toBe(2)
  expect(resolutionScale('full', 1728, 1117, 2)).toBe(1.25)
  expect(resolutionScale('full', 1920, 1080, 1.25)).toBe(1.25)
  expect(resolutionScale('full', 2560, 1440, 2)).toBe(1)
  expect(resolutionScale('full', 5760, 2160, 2)).toBe(0.67)
  expect(resolutionScale('software', 1280, 800, 2)).toBe(1)
  expect(resolutionScale('full', 1280, 800, 0.5)).toBe(1)
})
