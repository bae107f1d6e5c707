import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import { FOVY, type Frame } from '../engine/city-camera.ts'

/** North up, straight from above: the middle of the canvas in ENU metres, and how many of them a CSS pixel holds. */
export interface FlatCamera {
  east: number
  north: number
  metresPerPixel: number
  width: number
  height: number
}

export interface ScreenPoint {
  x: number
  y: number
}

/** Closest view: a house is some forty pixels wide. */
const CLOSEST = 0.25
/** How much farther than the whole city one may step back. */
const FARTHEST = 1.6
/** Steps in which room is made for what stands on the ground. */
const STEPS = 6

/** What stands above the ground is lifted straight up on the screen, `lift` in CSS pixels. */
export function toScreen(camera: FlatCamera, [east, north]: EnuMetres, lift = 0): ScreenPoint {
  return {
    x: camera.width / 2 + (east - camera.east) / camera.metresPerPixel,
    y: camera.height / 2 - (north - camera.north) / camera.metresPerPixel - lift,
  }
}

export function toGround(camera: FlatCamera, x: number, y: number): EnuMetres {
  return [
    camera.east + (x - camera.width / 2) * camera.metresPerPixel,
    camera.north - (y - camera.height / 2) * camera.metresPerPixel,
    0,
  ]
}

/** What stands upright at a point, CSS pixels high: a column with its figure. */
export interface Standing {
  at: EnuMetres
  lift: number
}

/**
 * The whole city with what stands on it, as large as the frame allows; undefined while there is nothing to fit or
 * nowhere to show it.
 */
export function wholeCity(
  shapes: readonly RegionShape[],
  frame: Frame,
  standing: readonly Standing[] = [],
): FlatCamera | undefined {
  let [camera, top] = [groundOf(shapes, frame), frame.insets.top]
  // Room taken above makes the ground smaller and moves it down: each step misses less.
  for (let step = 0; camera && step < STEPS; step++) {
    const highest = standing.reduce((y, { at, lift }) => Math.min(y, toScreen(camera!, at, lift).y), Infinity)
    if (highest >= frame.insets.top - 1) break
    top += frame.insets.top - highest
    camera = groundOf(shapes, { ...frame, insets: { ...frame.insets, top } }) ?? camera
  }
  return camera
}

function groundOf(shapes: readonly RegionShape[], frame: Frame): FlatCamera | undefined {
  return fitFlat(
    shapes.flatMap(({ polygons }) => polygons.flat(2)),
    frame,
  )
}

/** The nearest view of all these points inside the frame, no closer than a house; undefined where there is nothing, or no room. */
export function fitFlat(points: readonly EnuMetres[], frame: Frame): FlatCamera | undefined {
  const { width, height, insets } = frame
  const [room, rise] = [width - insets.left - insets.right, height - insets.top - insets.bottom]
  if (points.length === 0 || room <= 0 || rise <= 0) return undefined
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  const metresPerPixel = Math.max(CLOSEST, (east - west) / room, (north - south) / rise)
  return {
    width,
    height,
    metresPerPixel,
    // The city stands in the middle of the frame, which need not be the middle of the canvas.
    east: (west + east) / 2 + ((insets.right - insets.left) / 2) * metresPerPixel,
    north: (south + north) / 2 + ((insets.top - insets.bottom) / 2) * metresPerPixel,
  }
}

/** The ground follows the hand by so many pixels to the right and down. */
export function dragged(camera: FlatCamera, right: number, down: number): FlatCamera {
  return {
    ...camera,
    east: camera.east - right * camera.metresPerPixel,
    north: camera.north + down * camera.metresPerPixel,
  }
}

/** Factors below one come closer; between the closest view and a little more than the whole city. */
export function zoomedFlat(camera: FlatCamera, factor: number, whole: FlatCamera): FlatCamera {
  const metresPerPixel = Math.min(
    whole.metresPerPixel * FARTHEST,
    Math.max(CLOSEST, camera.metresPerPixel * factor),
  )
  return { ...camera, metresPerPixel }
}

/** A place in the middle, as large as the 3D map's camera shows it from `range` metres. */
export function over(camera: FlatCamera, [east, north]: EnuMetres, range: number): FlatCamera {
  const metresPerPixel = Math.max(CLOSEST, (2 * range * Math.tan(FOVY / 2)) / Math.max(1, camera.height))
  return { ...camera, east, north, metresPerPixel }
}

/** On the way from one view to another, 0 … 1; sizes change by equal ratios, so that the speed looks even. */
export function betweenFlat(from: FlatCamera, to: FlatCamera, share: number): FlatCamera {
  const mix = (a: number, b: number): number => a + (b - a) * share
  return {
    ...to,
    east: mix(from.east, to.east),
    north: mix(from.north, to.north),
    metresPerPixel: from.metresPerPixel * (to.metresPerPixel / from.metresPerPixel) ** share,
  }
}
