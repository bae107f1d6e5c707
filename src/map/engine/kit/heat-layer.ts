import type { UpdateParameters } from '@deck.gl/core'
import type { Texture } from '@luma.gl/core'
import { Geometry, type Model } from '@luma.gl/engine'
import { type GroundBox, groundBox } from '../camera-pose.ts'
import { EnuViewport } from '../enu-viewport.ts'
import { type HeatGrid, heatColour, heatGrid } from './heat-grid.ts'
import type { ReliefUp } from './drape.ts'
import { type KitGeometry, KitLayer, type KitLayerProps } from './kit-layer.ts'

const vs = `#version 300 es
#define SHADER_NAME kit-heat-vertex
in vec3 positions;
in vec2 places;
out vec2 place;
out float shown;
void main() {
  geometry.worldPosition = positions;
  geometry.pickingColor = vec3(0.);
  gl_Position = project_position_to_clipspace(positions, vec3(0.), vec3(0.), geometry.position);
  gl_Position.z = kit_depth(gl_Position, positions);
  place = places;
  shown = layer.opacity;
  vec4 unused = vec4(0.);
  DECKGL_FILTER_COLOR(unused, geometry);
}`

const fs = `#version 300 es
#define SHADER_NAME kit-heat-fragment
precision highp float;
uniform sampler2D heat;
in vec2 place;
in float shown;
out vec4 fragColor;
void main() {
  fragColor = texture(heat, place) * shown;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`

export interface HeatLayerProps extends KitLayerProps {
  positions: Float32Array
  weights: Float32Array | undefined
  /** In u. */
  radius: number
  /** The ground the sheet follows. */
  relief: ReliefUp | undefined
}

/** Factor by which the radius on the ground may differ from what was asked for before the density is counted again. */
const STEP = Math.SQRT2
const EARTH_DIAMETER = 2 * 6371000
const FACETS = 16
/** Of a sheet that follows a relief. */
const FINE_FACETS = 128

/** A picture of the density laid on the ground; counted anew on the processor when the camera comes nearer or goes farther. */
export class HeatLayer extends KitLayer<HeatLayerProps> {
  static override layerName = 'HeatLayer'
  declare state: { model?: Model; texture?: Texture | undefined; radius?: number; seen?: GroundBox }

  protected shaders(): { vs: string; fs: string } {
    return { vs, fs }
  }

  override shouldUpdateState(params: UpdateParameters<this>): boolean {
    return super.shouldUpdateState(params) || this.stale()
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params)
    const { props, oldProps } = params
    const { positions, weights } = props
    if (positions !== oldProps.positions || weights !== oldProps.weights || this.stale()) this.recount()
  }

  override finalizeState(context: this['context']): void {
    super.finalizeState(context)
    this.state.texture?.destroy()
  }

  override draw(): void {
    if (this.state.texture) super.draw()
  }

  private stale(): boolean {
    const { viewport } = this.context
    if (!(viewport instanceof EnuViewport)) return false
    const ratio = (this.props.radius * viewport.metresPerU) / (this.state.radius ?? 0)
    return !(ratio < STEP && ratio > 1 / STEP) || !holds(this.state.seen, groundBox(viewport.pose, 1))
  }

  private recount(): void {
    const { viewport } = this.context
    if (!(viewport instanceof EnuViewport)) return
    const radius = this.props.radius * viewport.metresPerU
    const seen = groundBox(viewport.pose, 2)
    const grid = heatGrid(this.props.positions, this.props.weights, radius, seen)
    this.state.texture?.destroy()
    const texture = grid && this.paint(grid)
    this.setState({ radius, seen, texture })
    if (!grid || !texture) return
    this.state.model?.setGeometry(new Geometry(heatSheet(grid.box, this.props.relief)))
    this.state.model?.setBindings({ heat: texture })
  }

  private paint({ columns, rows, density }: HeatGrid): Texture {
    const data = new Uint8Array(columns * rows * 4)
    density.forEach((share, cell) => {
      const [red, green, blue, alpha] = heatColour(share)
      data.set([(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha], cell * 4)
    })
    return this.context.device.createTexture({
      width: columns,
      height: rows,
      format: 'rgba8unorm',
      data,
      sampler: { minFilter: 'linear', magFilter: 'linear' },
    })
  }
}

/** The box as facets that follow the earth's curve; an empty one has corners and no area. */
export function heatSheet({ west, south, east, north }: GroundBox, relief?: ReliefUp): KitGeometry {
  const facets = relief ? FINE_FACETS : FACETS
  const [positions, places, indices]: [number[], number[], number[]] = [[], [], []]
  for (let row = 0; row <= facets; row++)
    for (let column = 0; column <= facets; column++) {
      const [x, y] = [west + ((east - west) * column) / facets, south + ((north - south) * row) / facets]
      positions.push(x, y, relief?.(x, y) ?? -(x * x + y * y) / EARTH_DIAMETER)
      places.push(column / facets, row / facets)
      if (row === facets || column === facets) continue
      const at = row * (facets + 1) + column
      indices.push(at, at + 1, at + facets + 1, at + 1, at + facets + 2, at + facets + 1)
    }
  return {
    topology: 'triangle-list',
    attributes: {
      positions: { size: 3, value: new Float32Array(positions) },
      places: { size: 2, value: new Float32Array(places) },
    },
    indices: new Uint32Array(indices),
  }
}

function holds(outer: GroundBox | undefined, inner: GroundBox): boolean {
  return (
    outer !== undefined &&
    inner.west >= outer.west &&
    inner.east <= outer.east &&
    inner.south >= outer.south &&
    inner.north <= outer.north
  )
}
