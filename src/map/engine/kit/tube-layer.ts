import { KitLayer } from './kit-layer.ts'

const vs = `#version 300 es
#define SHADER_NAME kit-tube-vertex
in vec3 positions;
in vec3 normals;
in vec2 radii;
in vec4 colors;
in float rows;
out vec4 blended;
void main() {
  vec3 world = positions + normals * max(radii.x, radii.y * kit.unit);
  geometry.worldPosition = world;
  geometry.pickingColor = picking_getPickingColorFromIndex(rows);
  gl_Position = project_position_to_clipspace(world, vec3(0.), vec3(0.), geometry.position);
  float light = 0.62 + 0.38 * max(dot(normals, normalize(kit.toEye + vec3(0., 0., 0.6))), 0.);
  blended = vec4(colors.rgb * light * colors.a, colors.a) * layer.opacity;
  DECKGL_FILTER_COLOR(blended, geometry);
}`

const fs = `#version 300 es
#define SHADER_NAME kit-tube-fragment
precision highp float;
in vec4 blended;
out vec4 fragColor;
void main() {
  fragColor = blended;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

/** Pipes as wide as they are, and never thinner on the screen than their width in u. */
export class TubeLayer extends KitLayer {
  static override layerName = 'TubeLayer'

  protected shaders(): { vs: string; fs: string } {
    return { vs, fs }
  }
}
