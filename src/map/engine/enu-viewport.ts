import { View, Viewport } from '@deck.gl/core'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { type CameraPose, metresPerPixel, projectionMatrix, riseFactor, viewMatrix } from './camera-pose.ts'

/** Unit of the drawing: pixels of 1u, so that lifts in u keep their size on the screen. */
export interface EnuViewState {
  pose: CameraPose
  pixelsPerU: number
  /** Clock of what moves by itself. */
  timeMs: number
  /** Never set: the host flies the camera. Named because deck.gl's view states share it. */
  transitionDuration?: number
}

interface EnuViewportOptions extends Omit<EnuViewState, 'transitionDuration'> {
  id?: string
  x?: number
  y?: number
  width: number
  height: number
}

/**
 * deck.gl's viewport whose common space is ENU metres and whose matrices are Cesium's own, so both draw a point at the
 * same pixel. Not geospatial: deck.gl's Mercator plane is 1–10 px off over a city.
 */
export class EnuViewport extends Viewport {
  static override displayName = 'EnuViewport'
  readonly pose: CameraPose
  readonly metresPerU: number
  readonly metresPerRise: number
  readonly pixelsPerU: number
  readonly timeMs: number

  constructor(options: EnuViewportOptions) {
    const pose = { ...options.pose, width: options.width, height: options.height }
    const base = groundTarget(pose)
    super({
      ...(options.id === undefined ? {} : { id: options.id }),
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width,
      height: options.height,
      zoom: -Math.log2(metresPerPixel(pose)),
      focalDistance: pose.focal,
      // deck.gl measures its 32-bit offsets from `position`: on the ground looked at, precision follows the camera.
      position: base,
      viewMatrix: viewMatrix(pose, base),
      projectionMatrix: projectionMatrix(pose),
    })
    this.pose = pose
    this.pixelsPerU = options.pixelsPerU
    this.timeMs = options.timeMs
    this.metresPerU = metresPerPixel(pose) * options.pixelsPerU
    this.metresPerRise = this.metresPerU * riseFactor(pose)
  }
}

export class EnuView extends View<EnuViewState> {
  static displayName = 'EnuView'

  getViewportType(): typeof EnuViewport {
    return EnuViewport
  }

  protected get ControllerType(): never {
    throw new Error('the map host moves the camera')
  }
}

function groundTarget({ eye, direction, focal }: CameraPose): EnuMetres {
  return [Math.fround(eye[0] + direction[0] * focal), Math.fround(eye[1] + direction[1] * focal), 0]
}
