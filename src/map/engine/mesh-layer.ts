import { Layer, type LayerProps, project32 } from '@deck.gl/core'
import { Model } from '@luma.gl/engine'
import type { MapKit, MeshShape } from '../../contracts/map-kit.ts'
import { EnuViewport } from './enu-viewport.ts'

const uniforms = {
  name: 'mesh',
  // One field a line: luma.gl reads this text to lay the block out.
  vs: `layout(std140) uniform meshUniforms {
  float unit;
  float rise;
} mesh;
`,
  uniformTypes: { unit: 'f32', rise: 'f32' },
} as const

const vs = `#version 300 es
#define SHADER_NAME mesh-layer-vertex
in vec3 positions;
in vec3 lifts;
in vec4 colors;
out vec4 blended;
void main() {
  vec3 world = positions + vec3(lifts.xy * mesh.unit, lifts.z * mesh.rise);
  geometry.worldPosition = world;
  gl_Position = project_position_to_clipspace(world, vec3(0.), vec3(0.), geometry.position);
  blended = vec4(colors.rgb * colors.a, colors.a) * layer.opacity;
}`

const fs = `#version 300 es
#define SHADER_NAME mesh-layer-fragment
precision highp float;
in vec4 blended;
out vec4 fragColor;
void main() { fragColor = blended; }`

interface MeshLayerProps extends LayerProps {
  data: {
    length: number
    attributes: Record<string, { value: Float32Array | Uint8ClampedArray; size: number }>
  }
  solid: boolean
}

/**
 * Merged triangles whose lifts are in u: the size on screen comes from the viewport, so a moving camera changes two
 * uniforms and no buffer. Not instanced, because software renderers pay per instance.
 */
class MeshLayer extends Layer<MeshLayerProps> {
  static override layerName = 'MeshLayer'
  declare state: { model?: Model }

  override getShaders(): ReturnType<Layer['getShaders']> {
    return super.getShaders({ vs, fs, modules: [project32, uniforms] })
  }

  override initializeState(): void {
    const attributes = this.getAttributeManager()!
    attributes.remove(['instancePickingColors'])
    attributes.add({
      positions: { size: 3, type: 'float32', accessor: 'getPosition' },
      lifts: { size: 3, type: 'float32', accessor: 'getLift' },
      colors: { size: 4, type: 'unorm8', accessor: 'getColor' },
    })
    const model = new Model(this.context.device, {
      ...this.getShaders(),
      id: this.props.id,
      bufferLayout: attributes.getBufferLayouts(),
      topology: 'triangle-list',
      isInstanced: false,
      parameters: {
        blend: true,
        blendColorSrcFactor: 'one',
        blendColorDstFactor: 'one-minus-src-alpha',
        blendAlphaSrcFactor: 'one',
        blendAlphaDstFactor: 'one-minus-src-alpha',
        depthWriteEnabled: this.props.solid,
        depthCompare: this.props.solid ? 'less-equal' : 'always',
        cullMode: 'none',
      },
    })
    this.setState({ model })
  }

  override draw(): void {
    const { model } = this.state
    const { viewport } = this.context
    if (!model || !(viewport instanceof EnuViewport)) return
    model.setVertexCount(this.props.data.length)
    model.shaderInputs.setProps({ mesh: { unit: viewport.metresPerU, rise: viewport.metresPerRise } })
    model.draw(this.context.renderPass)
  }
}

export const mapKit = {
  mesh: ({ id, positions, lifts, colors, solid }: MeshShape) =>
    new MeshLayer({
      id,
      solid,
      data: {
        length: positions.length / 3,
        attributes: {
          getPosition: { value: positions, size: 3 },
          getLift: { value: lifts, size: 3 },
          getColor: { value: colors, size: 4 },
        },
      },
    }),
} as unknown as MapKit
