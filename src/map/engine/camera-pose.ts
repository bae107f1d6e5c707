import type { Camera, PerspectiveFrustum } from '@cesium/engine'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import type { EnuFrame } from './enu-frame.ts'

/** Cesium's camera in ENU metres: all that deck.gl, the labels and the picks need to agree with it. */
export interface CameraPose {
  eye: EnuMetres
  direction: EnuMetres
  up: EnuMetres
  right: EnuMetres
  /** Tangents of the frustum's sides; left and bottom are negative. Unequal on a slice of a wall. */
  sides: FrustumSides
  /** Canvas in CSS pixels. */
  width: number
  height: number
  /** Metres from the eye to the ground under the view's centre. */
  focal: number
  near: number
  far: number
}

export interface FrustumSides {
  left: number
  right: number
  bottom: number
  top: number
}

const EARTH_RADIUS = 6371000

/**
 * Read after Cesium rendered: before, its world-space vectors belong to the last frame.
 * @param center tangents of what the canvas's centre is off the camera's axis, on a slice of a wall
 * @param range metres to what is looked at, where that is not the ellipsoid: a hill, or a pipe from below
 */
export function readPose(
  camera: Camera,
  frame: EnuFrame,
  width: number,
  height: number,
  center: { x: number; y: number } = { x: 0, y: 0 },
  range?: number,
): CameraPose {
  // `fovy`, not `fov`: the latter is the wider side's.
  const half = Math.tan(((camera.frustum as PerspectiveFrustum).fovy ?? Math.PI / 3) / 2)
  const wide = (half * width) / height
  const direction = frame.directionFromEarth(camera.directionWC)
  const altitude = Math.max(1, camera.positionCartographic.height)
  const down = -direction[2]
  // Looking at the horizon there is no ground under the centre; the cap keeps such a view finite.
  const focal = range ?? Math.min(down > 0.02 ? altitude / down : Infinity, altitude * 50, 2e6)
  const horizon = Math.sqrt(2 * EARTH_RADIUS * altitude + altitude * altitude)
  return {
    eye: frame.fromEarth(camera.positionWC),
    direction,
    up: frame.directionFromEarth(camera.upWC),
    right: frame.directionFromEarth(camera.rightWC),
    sides: { left: center.x - wide, right: center.x + wide, bottom: center.y - half, top: center.y + half },
    width,
    height,
    focal,
    near: Math.max(0.5, Math.min(altitude, range ?? altitude) * 0.02),
    far: Math.max(horizon * 1.2, focal * 4) + 50_000,
  }
}

/** Column-major matrix from ENU metres, measured from `base`, to eye space. */
export function viewMatrix(pose: CameraPose, base: EnuMetres): number[] {
  const { right: r, up: u, direction: d } = pose
  const eye: EnuMetres = [pose.eye[0] - base[0], pose.eye[1] - base[1], pose.eye[2] - base[2]]
  return [
    r[0],
    u[0],
    -d[0],
    0,
    r[1],
    u[1],
    -d[1],
    0,
    r[2],
    u[2],
    -d[2],
    0,
    -dot(r, eye),
    -dot(u, eye),
    dot(d, eye),
    1,
  ]
}

export function projectionMatrix({ sides, near, far }: CameraPose): number[] {
  const { left, right, bottom, top } = sides
  const [wide, tall, depth] = [right - left, top - bottom, near - far]
  return [
    2 / wide,
    0,
    0,
    0,
    0,
    2 / tall,
    0,
    0,
    (right + left) / wide,
    (top + bottom) / tall,
    (far + near) / depth,
    -1,
    0,
    0,
    (2 * far * near) / depth,
    0,
  ]
}

/** CSS pixels of a point, from the top left; undefined behind the eye. */
export function projectToScreen(pose: CameraPose, at: EnuMetres): { x: number; y: number } | undefined {
  const from: EnuMetres = [at[0] - pose.eye[0], at[1] - pose.eye[1], at[2] - pose.eye[2]]
  const ahead = dot(pose.direction, from)
  if (ahead <= 0) return undefined
  const { left, right, bottom, top } = pose.sides
  return {
    x: ((dot(pose.right, from) / ahead - left) / (right - left)) * pose.width,
    y: ((top - dot(pose.up, from) / ahead) / (top - bottom)) * pose.height,
  }
}

/** Direction, not of length 1, in which a CSS pixel looks. */
export function rayAt(pose: CameraPose, x: number, y: number): EnuMetres {
  const { left, right, bottom, top } = pose.sides
  const [aside, above] = [left + ((right - left) * x) / pose.width, top - ((top - bottom) * y) / pose.height]
  return [0, 1, 2].map(
    (axis) => pose.direction[axis]! + pose.right[axis]! * aside + pose.up[axis]! * above,
  ) as EnuMetres
}

/** Ground metres under one CSS pixel at the view's centre. */
export function metresPerPixel(pose: CameraPose): number {
  return ((pose.sides.top - pose.sides.bottom) * pose.focal) / pose.height
}

/** Metres of height that look as tall as one metre across: a tilted camera foreshortens what stands. */
export function riseFactor(pose: CameraPose): number {
  return 1 / Math.max(0.3, Math.hypot(pose.direction[0], pose.direction[1]))
}

/** A rectangle of ground in ENU metres. */
export interface GroundBox {
  west: number
  south: number
  east: number
  north: number
}

/** What of the ground the camera sees, `times` as wide and deep; towards the horizon no farther than six times its own distance. */
export function groundBox(pose: CameraPose, times: number): GroundBox {
  const corners = [0, pose.width].flatMap((x) =>
    [0, pose.height].map((y): [number, number] => {
      const ray = rayAt(pose, x, y)
      const far = ray[2] < 0 ? Math.min(pose.eye[2] / -ray[2], pose.focal * 6) : pose.focal * 6
      return [pose.eye[0] + ray[0] * far, pose.eye[1] + ray[1] * far]
    }),
  )
  const [easts, norths] = [corners.map(([east]) => east), corners.map(([, north]) => north)]
  const [west, east, south, north] = [
    Math.min(...easts),
    Math.max(...easts),
    Math.min(...norths),
    Math.max(...norths),
  ]
  const [wide, deep] = [((east - west) * (times - 1)) / 2, ((north - south) * (times - 1)) / 2]
  return { west: west - wide, east: east + wide, south: south - deep, north: north + deep }
}

export function dot(a: EnuMetres, b: EnuMetres): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
