import { expect, it } from 'vitest'
import { probeRenderer, resolutionScale } from './probe.ts'

function canvas(renderer: string | undefined): HTMLCanvasElement {
  const gl = {
    RENDERER: 1,
    getExtension: (name: string) =>
      name === 'WEBGL_debug_renderer_info' ? { UNMASKED_RENDERER_WEBGL: 2 } : null,
    getParameter: (name: number) => (name === 2 ? renderer : 'WebKit WebGL'),
  }
  return { getContext: () => (renderer === undefined ? null : gl) } as unknown as HTMLCanvasElement
}

it.each([
  ['ANGLE (NVIDIA, NVIDIA RTX A4000, OpenGL 4.6)', 'full'],
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)))', 'software'],
  ['llvmpipe (LLVM 15.0.6, 256 bits)', 'software'],
  [undefined, 'none'],
])('%s draws %s', (renderer, quality) => {
  expect(probeRenderer(canvas(renderer)).quality).toBe(quality)
})

it('halves a software renderer on a video wall only', () => {
  expect(resolutionScale('software', 808, 620)).toBe(1)
  expect(resolutionScale('software', 2900, 1600)).toBe(0.5)
  expect(resolutionScale('full', 5760, 2160)).toBe(1)
})
