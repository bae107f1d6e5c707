import { pointShift } from './point-shift.ts'
import { KitLayer, type KitLayerProps } from './kit-layer.ts'

const uniforms = {
  name: 'points',
  vs: `layout(std140) uniform pointsUniforms {
  vec2 shift;
  float size;
} points;
`,
  uniformTypes: { shift: 'vec2<f32>', size: 'f32' },
} as const

// A dot stands upright: its depth is taken a radius nearer, or the ground it stands on would cut off its lower half; on a
// relief, whose ground has a depth, as much nearer as the ground comes towards the eye below it.
const vs = `#version 300 es
#define SHADER_NAME kit-points-vertex
in vec3 positions;
in vec4 colors;
in float rows;
out vec4 blended;
void main() {
  geometry.worldPosition = positions;
  geometry.pickingColor = picking_getPickingColorFromIndex(rows);
  gl_Position = project_position_to_clipspace(positions, vec3(0.), vec3(0.), geometry.position);
  vec4 elsewhere;
  float slant = kit.over.x > 0. ? 1. + length(kit.toEye.xy) / max(abs(kit.toEye.z), 0.15) : 1.;
  vec4 nearer = project_position_to_clipspace(positions + kit.toEye * points.size * kit.unit * slant, vec3(0.), vec3(0.), elsewhere);
  gl_Position.z = min(kit_depth(gl_Position, positions), nearer.z / nearer.w * gl_Position.w);
  gl_Position.xy -= points.shift * 2. / kit.canvas * gl_Position.w;
  gl_PointSize = max(points.size * kit.pixels, 1.5);
  blended = colors * layer.opacity;
  DECKGL_FILTER_COLOR(blended, geometry);
}`

const fs = `#version 300 es
#define SHADER_NAME kit-points-fragment
precision highp float;
in vec4 blended;
out vec4 fragColor;
void main() {
  float off = length(gl_PointCoord - 0.5) * 2.;
  if (off > 1.) discard;
  float cover = 1. - smoothstep(1. - 1.5 * fwidth(off), 1., off);
  fragColor = vec4(blended.rgb * blended.a, blended.a) * cover;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

interface PointsLayerProps extends KitLayerProps {
  /** Diameter in u. */
  size: number
}

/** One vertex a dot: about a sixth of what an instanced quad costs a software renderer. */
export class PointsLayer extends KitLayer<PointsLayerProps> {
  static override layerName = 'PointsLayer'

  protected shaders(): { vs: string; fs: string; modules: object[] } {
    return { vs, fs, modules: [uniforms] }
  }

  protected override ownUniforms(): Record<string, Record<string, unknown>> {
    return { points: { size: this.props.size, shift: pointShift() } }
  }
}
