import type { Viewport } from '@deck.gl/core'
import { EnuViewport } from '../enu-viewport.ts'

/** What every shape of the kit must know of the camera; the same block for all of them. */
export const kitUniforms = {
  name: 'kit',
  // One field a line: luma.gl reads this text to lay the block out.
  vs: `layout(std140) uniform kitUniforms {
  vec2 canvas;
  vec2 anchor;
  vec2 clip;
  vec2 over;
  vec3 toEye;
  float unit;
  float rise;
  float pixels;
  float seconds;
} kit;
// The depth of a place as much higher as a shape may lie below the relief.
float kit_depth(vec4 clip, vec3 world) {
  if (kit.over.x <= 0.) return clip.z;
  vec4 elsewhere;
  vec3 higher = world + vec3(0., 0., kit.over.x + kit.over.y * clip.w);
  vec4 above = project_position_to_clipspace(higher, vec3(0.), vec3(0.), elsewhere);
  return min(clip.z, above.z / above.w * clip.w);
}
`,
  fs: `layout(std140) uniform kitUniforms {
  vec2 canvas;
  vec2 anchor;
  vec2 clip;
  vec2 over;
  vec3 toEye;
  float unit;
  float rise;
  float pixels;
  float seconds;
} kit;
`,
  uniformTypes: {
    canvas: 'vec2<f32>',
    anchor: 'vec2<f32>',
    clip: 'vec2<f32>',
    over: 'vec2<f32>',
    toEye: 'vec3<f32>',
    unit: 'f32',
    rise: 'f32',
    pixels: 'f32',
    seconds: 'f32',
  },
  // In the pick too: what the divider hides cannot be met.
  inject: {
    'fs:DECKGL_FILTER_COLOR': `
  if (gl_FragCoord.x < kit.clip.x || gl_FragCoord.x >= kit.clip.y) discard;
`,
  },
} as const

/** Pixels by which the relief, coarser from afar, may be drawn off its place. */
const COARSE = 2

export interface KitUniforms {
  /** Drawn pixels. */
  canvas: [number, number]
  /** Where the city's origin is drawn, from the bottom left: patterns hold on to it while the map is dragged. */
  anchor: [number, number]
  /** Columns of drawn pixels it may be seen in, from the first to before the last. */
  clip: [number, number]
  /** Metres its depth is taken higher than it lies, and metres more for each metre from the camera; 0 off the relief. */
  over: [number, number]
  /** From the ground to the camera, length 1. */
  toEye: [number, number, number]
  /** Metres of 1 u across, and of 1 u upright, where the camera looks. */
  unit: number
  rise: number
  /** Drawn pixels of 1 u. */
  pixels: number
  /** Running time of what moves; wraps, so that 32 bits hold it. */
  seconds: number
}

/**
 * Undefined outside the city's own view.
 * @param error metres by which the shape may lie below the relief that hides it; absent: nothing does
 * @param clip shares of the canvas's width between which it may be seen; absent: everywhere
 */
export function kitUniformsOf(
  viewport: Viewport,
  drawnPerCss: number,
  clip?: readonly [number, number],
  error?: number,
): KitUniforms | undefined {
  if (!(viewport instanceof EnuViewport)) return undefined
  const { width, height, pose, pixelsPerU } = viewport
  const [x, y] = viewport.project([0, 0, 0]) as [number, number]
  const pixel = (at: number): number => (Number.isFinite(at) ? (at * drawnPerCss) % 4096 : 0)
  return {
    canvas: [width * drawnPerCss, height * drawnPerCss],
    anchor: [pixel(x), pixel(height - y)],
    clip: clip ? [clip[0] * width * drawnPerCss, clip[1] * width * drawnPerCss] : [-1e9, 1e9],
    over:
      error === undefined ? [0, 0] : [error, (COARSE * viewport.metresPerRise) / (pixelsPerU * pose.focal)],
    toEye: [-pose.direction[0], -pose.direction[1], -pose.direction[2]],
    unit: viewport.metresPerU,
    rise: viewport.metresPerRise,
    pixels: pixelsPerU * drawnPerCss,
    seconds: (viewport.timeMs / 1000) % 3600,
  }
}
