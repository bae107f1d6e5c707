import { KitLayer, type KitLayerProps } from './kit-layer.ts'

const uniforms = {
  name: 'tube',
  fs: `layout(std140) uniform tubeUniforms {
  float lowest;
} tube;
`,
  uniformTypes: { lowest: 'f32' },
} as const

const vs = `#version 300 es
#define SHADER_NAME kit-tube-vertex
in vec3 positions;
in vec3 normals;
in vec2 radii;
in vec4 colors;
in float rows;
in float overs;
out vec4 blended;
out float over;
void main() {
  vec3 world = positions + normals * max(radii.x, radii.y * kit.unit);
  geometry.worldPosition = world;
  geometry.pickingColor = picking_getPickingColorFromIndex(rows);
  gl_Position = project_position_to_clipspace(world, vec3(0.), vec3(0.), geometry.position);
  float light = 0.62 + 0.38 * max(dot(normals, normalize(kit.toEye + vec3(0., 0., 0.6))), 0.);
  blended = vec4(colors.rgb * light * colors.a, colors.a) * layer.opacity;
  over = overs;
  DECKGL_FILTER_COLOR(blended, geometry);
}`

const fs = `#version 300 es
#define SHADER_NAME kit-tube-fragment
precision highp float;
in vec4 blended;
in float over;
out vec4 fragColor;
void main() {
  if (over < tube.lowest) discard;
  fragColor = blended;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

interface TubeLayerProps extends KitLayerProps {
  /** The ground is looked through; else it hides what lies below it, from the eye and from the pick. */
  through?: boolean
}

/** Metres of a tube's own side below the ground that still show: one laid on it is drawn whole. */
const SUNK = 0.5

/** Pipes as wide as they are, and never thinner on the screen than their width in u. */
export class TubeLayer extends KitLayer<TubeLayerProps> {
  static override layerName = 'TubeLayer'

  protected shaders(): { vs: string; fs: string; modules: object[] } {
    return { vs, fs, modules: [uniforms] }
  }

  protected override ownUniforms(): Record<string, Record<string, unknown>> {
    return { tube: { lowest: this.props.through ? -1e9 : -SUNK } }
  }
}
