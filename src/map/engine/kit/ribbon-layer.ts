import { KitLayer, type KitLayerProps } from './kit-layer.ts'

const fields = `
  float speed;
  float tail;
  float now;
} ribbon;
`
const uniforms = {
  name: 'ribbon',
  vs: `layout(std140) uniform ribbonUniforms {${fields}`,
  fs: `layout(std140) uniform ribbonUniforms {${fields}`,
  uniformTypes: { speed: 'f32', tail: 'f32', now: 'f32' },
} as const

// Widened on the screen, so that a street is as wide across as along the view. Corners are mitred up to two and a half widths.
const vs = `#version 300 es
#define SHADER_NAME kit-ribbon-vertex
in vec3 positions;
in vec3 before;
in vec3 after;
in vec4 colors;
in vec4 strokes;
in vec3 dashes;
in float times;
in float rows;
out vec4 blended;
out vec3 dash;
out float age;
vec2 pixelOf(vec4 clip) { return clip.xy / max(clip.w, 1e-6) * kit.canvas * 0.5; }
void main() {
  geometry.worldPosition = positions;
  geometry.pickingColor = picking_getPickingColorFromIndex(rows);
  vec4 elsewhere;
  vec4 clip = project_position_to_clipspace(positions, vec3(0.), vec3(0.), geometry.position);
  vec2 here = pixelOf(clip);
  vec2 come = here - pixelOf(project_position_to_clipspace(before, vec3(0.), vec3(0.), elsewhere));
  vec2 go = pixelOf(project_position_to_clipspace(after, vec3(0.), vec3(0.), elsewhere)) - here;
  if (length(come) < 1e-3) come = go;
  if (length(go) < 1e-3) go = come;
  come = length(come) < 1e-3 ? vec2(1., 0.) : normalize(come);
  go = length(go) < 1e-3 ? come : normalize(go);
  vec2 along = normalize(come + go + 1e-6 * go);
  vec2 across = vec2(-along.y, along.x);
  float mitre = 1. / max(dot(across, vec2(-go.y, go.x)), 0.4);
  float wide = max(max(strokes.y, strokes.w / kit.unit) * kit.pixels, 1.);
  vec2 offset = across * strokes.x * wide * 0.5 * mitre + along * strokes.z * kit.pixels;
  gl_Position = clip + vec4(offset / (kit.canvas * 0.5) * clip.w, 0., 0.);
  gl_Position.z = kit_depth(clip, positions);
  blended = colors * layer.opacity;
  dash = vec3(dashes.xy, dashes.z / kit.unit);
  age = ribbon.now - times;
  DECKGL_FILTER_COLOR(blended, geometry);
}`

const fs = `#version 300 es
#define SHADER_NAME kit-ribbon-fragment
precision highp float;
in vec4 blended;
in vec3 dash;
in float age;
out vec4 fragColor;
void main() {
  float kept = 1.;
  if (dash.y > 0. && picking.isActive < 0.5 && mod(dash.z - kit.seconds * ribbon.speed, dash.x + dash.y) > dash.x) discard;
  if (ribbon.tail > 0.) {
    if (age < 0. || age > ribbon.tail) discard;
    kept = 1. - age / ribbon.tail;
  }
  float alpha = blended.a * kept;
  fragColor = vec4(blended.rgb * alpha, alpha);
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

interface RibbonLayerProps extends KitLayerProps {
  /** u a second by which dashes run forward. */
  speed?: number
  /** Seconds a tail lasts, and the second of the ribbon's own times it is drawn at; absent on what has no times. */
  tail?: number
  now?: number
}

/** Lines of a width in u, dashed, tailed or plain, as one list of triangles. */
export class RibbonLayer extends KitLayer<RibbonLayerProps> {
  static override layerName = 'RibbonLayer'

  protected shaders(): { vs: string; fs: string; modules: object[] } {
    return { vs, fs, modules: [uniforms] }
  }

  protected override ownUniforms(): Record<string, Record<string, unknown>> {
    const { speed = 0, tail = 0, now = 0 } = this.props
    return { ribbon: { speed, tail, now } }
  }
}
