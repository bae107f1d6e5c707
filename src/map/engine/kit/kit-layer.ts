import { Layer, type LayerProps, type UpdateParameters, picking, project32 } from '@deck.gl/core'
import { Geometry, Model } from '@luma.gl/engine'
import { kitUniforms, kitUniformsOf } from './kit-uniforms.ts'

type Attribute = { size: number; value: Float32Array | Uint8Array | Uint8ClampedArray; normalized?: boolean }

/** Vertices of one shape, ready for the card. The same object means the same shape: nothing is sent again. */
export interface KitGeometry {
  topology: 'triangle-list' | 'point-list'
  attributes: Record<string, Attribute>
  indices?: Uint32Array
  /** Metres by which it may lie below the relief it was laid on: its depth is taken as much nearer. */
  error?: number
}

export interface KitLayerProps extends LayerProps {
  geometry: KitGeometry
  /** Hides what is behind it: such layers are drawn first, and everything else is tested against their depth. */
  solid: boolean
  /** Names of the items, in the order of their rows. */
  features: readonly (string | undefined)[]
  /** Asks for a picture each frame. */
  animated?: boolean
  /** Lies below everything, so no relief is there yet that could hide it. */
  lowest?: boolean
  /** Shares of the canvas's width between which it is seen; absent: everywhere. */
  clip?: readonly [number, number]
}

/** Row of a solid's item that stands for nothing: it stops the pick all the same, as a wall does. */
export const NAMELESS_ROW = 16_000_000
/** Row of a flat item that stands for nothing: the pick goes through it. */
export const NO_ROW = -1

/**
 * Merged triangles or points, never instanced: software renderers pay for each instance. Colours are premultiplied. Only
 * solids write depth; what lies flat is ordered by the list of layers and hidden by solids alone.
 */
export abstract class KitLayer<P extends KitLayerProps = KitLayerProps> extends Layer<P> {
  static override layerName = 'KitLayer'
  declare state: { model?: Model }

  protected abstract shaders(): { vs: string; fs: string; modules?: object[] }
  /** Uniforms of its own, beside the kit's. */
  protected ownUniforms(): Record<string, Record<string, unknown>> {
    return {}
  }

  override getShaders(): ReturnType<Layer['getShaders']> {
    const { vs, fs, modules = [] } = this.shaders()
    return super.getShaders({ vs, fs, modules: [project32, picking, kitUniforms, ...modules] })
  }

  override initializeState(): void {
    this.getAttributeManager()?.remove(['instancePickingColors'])
    const geometry = geometryOf(this.props.geometry)
    this.setState({
      model: new Model(this.context.device, {
        ...this.getShaders(),
        id: this.props.id,
        geometry,
        isInstanced: false,
      }),
    })
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params)
    const { props, oldProps } = params
    if (oldProps.geometry && props.geometry !== oldProps.geometry)
      this.state.model?.setGeometry(geometryOf(props.geometry))
  }

  override draw(): void {
    const { model } = this.state
    const kit = kitUniformsOf(
      this.context.viewport,
      this.context.device.getDefaultCanvasContext().cssToDeviceRatio(),
      this.props.clip,
      this.props.lowest ? undefined : this.props.geometry.error,
    )
    if (!model || !kit) return
    // Typed by the modules of one model; these differ from shape to shape.
    model.shaderInputs.setProps({ kit, ...this.ownUniforms() } as never)
    model.draw(this.context.renderPass)
  }
}

/** Props every layer of the kit shares: blending of premultiplied colours, depth, and the pick. */
export function kitProps(solid: boolean): Partial<LayerProps> {
  return {
    pickable: true,
    // Later layers would come nearer than they are, and stand in front of towers.
    getPolygonOffset: null,
    parameters: {
      blend: true,
      blendColorOperation: 'add',
      blendColorSrcFactor: 'one',
      blendColorDstFactor: 'one-minus-src-alpha',
      blendAlphaOperation: 'add',
      blendAlphaSrcFactor: 'one',
      blendAlphaDstFactor: 'one-minus-src-alpha',
      depthWriteEnabled: solid,
      depthCompare: 'less-equal',
      cullMode: 'none',
    },
  }
}

/** The name of what a pick hit, from the layer and the row deck.gl tells. */
export function featureOf(layer: unknown, row: number): string | undefined {
  return layer instanceof KitLayer ? (layer.props as KitLayerProps).features[row] : undefined
}

function geometryOf({ topology, attributes, indices }: KitGeometry): Geometry {
  return new Geometry({ topology, attributes, ...(indices ? { indices } : {}) })
}
