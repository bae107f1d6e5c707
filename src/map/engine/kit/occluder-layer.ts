import { KitLayer } from './kit-layer.ts'

const vs = `#version 300 es
#define SHADER_NAME kit-occluder-vertex
in vec3 positions;
in float rows;
void main() {
  geometry.worldPosition = positions;
  geometry.pickingColor = picking_getPickingColorFromIndex(rows);
  gl_Position = project_position_to_clipspace(positions, vec3(0.), vec3(0.), geometry.position);
  vec4 unused = vec4(0.);
  DECKGL_FILTER_COLOR(unused, geometry);
}`

const fs = `#version 300 es
#define SHADER_NAME kit-occluder-fragment
precision highp float;
out vec4 fragColor;
void main() {
  fragColor = vec4(0.);
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

/** What Cesium draws on its own canvas, once more as depth alone: deck.gl's shapes stand behind it, and the pick finds it. */
export class OccluderLayer extends KitLayer {
  static override layerName = 'OccluderLayer'

  protected shaders(): { vs: string; fs: string } {
    return { vs, fs }
  }
}
