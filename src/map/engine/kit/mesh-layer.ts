import { KitLayer, type KitLayerProps } from './kit-layer.ts'

const uniforms = {
  name: 'mesh',
  fs: `layout(std140) uniform meshUniforms {
  float hatch;
} mesh;
`,
  uniformTypes: { hatch: 'f32' },
} as const

const vs = `#version 300 es
#define SHADER_NAME kit-mesh-vertex
in vec3 positions;
in vec3 lifts;
in vec4 colors;
in float rows;
out vec4 blended;
void main() {
  vec3 world = positions + vec3(lifts.xy * kit.unit, lifts.z * kit.rise);
  geometry.worldPosition = world;
  geometry.pickingColor = picking_getPickingColorFromIndex(rows);
  gl_Position = project_position_to_clipspace(world, vec3(0.), vec3(0.), geometry.position);
  gl_Position.z = kit_depth(gl_Position, world);
  blended = vec4(colors.rgb * colors.a, colors.a) * layer.opacity;
  DECKGL_FILTER_COLOR(blended, geometry);
}`

// Strokes of 1 u every 8 u at 45°, held by the ground: their spacing is measured across the strokes.
const fs = `#version 300 es
#define SHADER_NAME kit-mesh-fragment
precision highp float;
in vec4 blended;
out vec4 fragColor;
void main() {
  fragColor = blended;
  if (mesh.hatch > 0.5 && picking.isActive < 0.5) {
    vec2 at = gl_FragCoord.xy - kit.anchor;
    float across = mod((at.x + at.y) * 0.70710678, 8. * kit.pixels);
    if (across > max(kit.pixels, 1.)) discard;
  }
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

interface MeshLayerProps extends KitLayerProps {
  hatch?: boolean
}

/** Triangles whose lifts are in u: a moving camera changes uniforms and no buffer. */
export class MeshLayer extends KitLayer<MeshLayerProps> {
  static override layerName = 'MeshLayer'

  protected shaders(): { vs: string; fs: string; modules: object[] } {
    return { vs, fs, modules: [uniforms] }
  }

  protected override ownUniforms(): Record<string, Record<string, unknown>> {
    return { mesh: { hatch: this.props.hatch ? 1 : 0 } }
  }
}
