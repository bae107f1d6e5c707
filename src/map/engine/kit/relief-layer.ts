import { KitLayer, type KitLayerProps } from './kit-layer.ts'

const depthVs = `#version 300 es
#define SHADER_NAME kit-relief-depth-vertex
in vec3 positions;
void main() {
  geometry.worldPosition = positions;
  gl_Position = project_position_to_clipspace(positions, vec3(0.), vec3(0.), geometry.position);
}`

// Not even the pick is coloured: hills hide what is behind them and are nothing that could be met.
const depthFs = `#version 300 es
#define SHADER_NAME kit-relief-depth-fragment
precision highp float;
out vec4 fragColor;
void main() {
  fragColor = vec4(0.);
}`

/** The terrain that Cesium draws, once more as depth: hills hide what is behind them. */
export class ReliefDepthLayer extends KitLayer {
  static override layerName = 'ReliefDepthLayer'

  protected shaders(): { vs: string; fs: string } {
    return { vs: depthVs, fs: depthFs }
  }
}

const uniforms = {
  name: 'relief',
  fs: `layout(std140) uniform reliefUniforms {
  vec2 most;
} relief;
`,
  uniformTypes: { most: 'vec2<f32>' },
} as const

const shadeVs = `#version 300 es
#define SHADER_NAME kit-relief-shade-vertex
in vec3 positions;
in float lights;
out float light;
void main() {
  geometry.worldPosition = positions;
  geometry.pickingColor = vec3(0.);
  gl_Position = project_position_to_clipspace(positions, vec3(0.), vec3(0.), geometry.position);
  gl_Position.z = kit_depth(gl_Position, positions);
  light = lights;
  vec4 unused = vec4(0.);
  DECKGL_FILTER_COLOR(unused, geometry);
}`

// White over what faces the light, black over what turns from it; premultiplied.
const shadeFs = `#version 300 es
#define SHADER_NAME kit-relief-shade-fragment
precision highp float;
in float light;
out vec4 fragColor;
void main() {
  float alpha = min(abs(light), 1.) * (light > 0. ? relief.most.x : relief.most.y);
  fragColor = vec4(light > 0. ? vec3(alpha) : vec3(0.), alpha);
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

interface ReliefShadeLayerProps extends KitLayerProps {
  /** Opacity of the strongest light and of the deepest shade. */
  most: readonly [number, number]
}

/** Light and shade of the relief over whatever colours the ground wears. */
export class ReliefShadeLayer extends KitLayer<ReliefShadeLayerProps> {
  static override layerName = 'ReliefShadeLayer'

  protected shaders(): { vs: string; fs: string; modules: object[] } {
    return { vs: shadeVs, fs: shadeFs, modules: [uniforms] }
  }

  protected override ownUniforms(): Record<string, Record<string, unknown>> {
    return { relief: { most: [...this.props.most] } }
  }
}
