import type { EnuMetres } from '../../contracts/map-layer.ts'
import { dot } from './camera-pose.ts'

/** Where the camera looks, from how far and from which side. Angles in degrees; pitch −90 looks straight down. */
export interface CameraView {
  target: EnuMetres
  range: number
  heading: number
  pitch: number
}

/** The canvas, in CSS pixels, and what of it headers and notes cover. */
export interface Frame {
  width: number
  height: number
  insets: { top: number; right: number; bottom: number; left: number }
}

export interface CameraAxes {
  direction: EnuMetres
  up: EnuMetres
  right: EnuMetres
}

/** Narrow, so that columns stand nearly parallel and a far district is not much smaller than a near one. */
export const FOVY = (10 * Math.PI) / 180

const RADIANS = Math.PI / 180

export function cameraAxes({ heading, pitch }: Pick<CameraView, 'heading' | 'pitch'>): CameraAxes {
  const [sinH, cosH] = [Math.sin(heading * RADIANS), Math.cos(heading * RADIANS)]
  const [sinP, cosP] = [Math.sin(pitch * RADIANS), Math.cos(pitch * RADIANS)]
  return {
    direction: [sinH * cosP, cosH * cosP, sinP],
    up: [-sinH * sinP, -cosH * sinP, cosP],
    right: [cosH, -sinH, 0],
  }
}

export function cameraEye(view: CameraView): EnuMetres {
  const { direction } = cameraAxes(view)
  return [0, 1, 2].map((axis) => view.target[axis]! - direction[axis]! * view.range) as EnuMetres
}

/**
 * The nearest camera of that heading and pitch that sees every point inside the frame. Exact: along the camera's axes
 * each side of the frame is a linear bound on the eye, so the distance follows from the tightest pair.
 */
export function fitCamera(
  points: readonly EnuMetres[],
  angles: { heading: number; pitch: number },
  frame: Frame,
): CameraView {
  const { direction, up, right } = cameraAxes(angles)
  const slope = Math.tan(FOVY / 2)
  const wide = (slope * frame.width) / frame.height
  const sides = {
    left: wide * (1 - (2 * frame.insets.left) / frame.width),
    right: wide * (1 - (2 * frame.insets.right) / frame.width),
    top: slope * (1 - (2 * frame.insets.top) / frame.height),
    bottom: slope * (1 - (2 * frame.insets.bottom) / frame.height),
  }
  // A province has more points than a call may have arguments.
  const bound = (axis: EnuMetres, low: number, high: number): { most: number; least: number } => {
    let [most, least] = [-Infinity, Infinity]
    for (const point of points) {
      const [along, deep] = [dot(axis, point), dot(direction, point)]
      most = Math.max(most, along - high * deep)
      least = Math.min(least, along + low * deep)
    }
    return { most, least }
  }
  const across = bound(right, sides.left, sides.right)
  const along = bound(up, sides.bottom, sides.top)
  const depth = Math.min(
    (across.least - across.most) / (sides.left + sides.right),
    (along.least - along.most) / (sides.bottom + sides.top),
  )
  const eyeRight = (across.most + sides.right * depth + across.least - sides.left * depth) / 2
  const eyeUp = (along.most + sides.top * depth + along.least - sides.bottom * depth) / 2
  const eye = [0, 1, 2].map(
    (axis) => right[axis]! * eyeRight + up[axis]! * eyeUp + direction[axis]! * depth,
  ) as EnuMetres
  const range = -eye[2] / direction[2]
  return { ...angles, range, target: [eye[0] + direction[0] * range, eye[1] + direction[1] * range, 0] }
}

/**
 * As fitCamera, with room for what stands `lift` pixels above points of its own: its size in metres follows from the distance
 * it asks for, which six rounds settle to below a tenth of a pixel.
 */
export function fitStanding(
  points: readonly EnuMetres[],
  standing: readonly { at: EnuMetres; lift: number }[],
  angles: { heading: number; pitch: number },
  frame: Frame,
): CameraView {
  let view = fitCamera(points, angles, frame)
  for (let round = 0; round < 6; round++) {
    const rise = pixelMetres(view, frame) / Math.max(0.3, Math.cos(angles.pitch * RADIANS))
    const tops = standing.map(({ at: [east, north, up], lift }): EnuMetres => [east, north, up + lift * rise])
    view = fitCamera([...points, ...tops], angles, frame)
  }
  return view
}

/** The view after the ground was dragged by CSS pixels. */
export function panned(
  view: CameraView,
  right: number,
  down: number,
  frame: Pick<Frame, 'height'>,
): CameraView {
  const metres = pixelMetres(view, frame)
  const [sin, cos] = [Math.sin(view.heading * RADIANS), Math.cos(view.heading * RADIANS)]
  const slant = Math.sin(-view.pitch * RADIANS)
  // From below the ground is a ceiling: what is nearer is higher up.
  const ahead = (down * metres) / (Math.sign(slant || 1) * Math.max(0.3, Math.abs(slant)))
  const aside = -right * metres
  const [east, north] = view.target
  return { ...view, target: [east + aside * cos + ahead * sin, north - aside * sin + ahead * cos, 0] }
}

/** Where a camera may be: degrees of its look, and metres from what it looks at. */
interface Limits {
  least: number
  most: number
  nearest: number
}

/** Above: north keeps its place on the screen, the ground under the centre an end, and a street crossing fills the canvas. */
const ABOVE: Limits = { least: -89.5, most: -8, nearest: 400 }
/** Below: pipes are seen from the side and from underneath, and a manhole fills the canvas. */
const BELOW: Limits = { least: -89.5, most: 35, nearest: 60 }
/** Metres a camera goes down: deeper than any pipe, above the plate that the map lies on. */
const DEEPEST = 300

/** The view turned about what it looks at, by degrees to the right and upwards. */
export function turned(view: CameraView, right: number, up: number, underground = false): CameraView {
  const { least, most } = underground ? BELOW : ABOVE
  return notTooDeep({
    ...view,
    heading: (view.heading + right + 360) % 360,
    pitch: Math.min(most, Math.max(least, view.pitch + up)),
  })
}

/** The view from nearer (factor below 1) or farther, never farther than the whole city nor nearer than a crossing. */
export function zoomed(view: CameraView, factor: number, home: CameraView, underground = false): CameraView {
  const { nearest } = underground ? BELOW : ABOVE
  return notTooDeep({
    ...view,
    range: Math.min(home.range * 1.25, Math.max(nearest, view.range * factor)),
  })
}

function notTooDeep(view: CameraView): CameraView {
  const slant = Math.sin(view.pitch * RADIANS)
  return slant > 0 ? { ...view, range: Math.min(view.range, DEEPEST / slant) } : view
}

/** Ranges between which a view lets go of the relief: from afar the whole city is looked at, not a hill of it. */
const HILL_SEEN = 60_000
const HILL_LOST = 120_000
/** Metres an eye keeps from the ground below it, and as a share of its range. */
const CLEARANCE = { metres: 10, share: 0.02 }

/** The view with its target on the relief, steeper where a hill would stand around the eye. */
export function onRelief(
  view: CameraView,
  upAt: (east: number, north: number) => number,
  underground: boolean,
): CameraView {
  const [east, north] = view.target
  const near = Math.min(1, Math.max(0, (HILL_LOST - view.range) / (HILL_LOST - HILL_SEEN)))
  const standing: CameraView = {
    ...view,
    target: [east, north, view.target[2] + (upAt(east, north) - view.target[2]) * near],
  }
  if (underground) return standing
  const clear = CLEARANCE.metres + CLEARANCE.share * view.range
  const buried = (pitch: number): boolean => {
    const [x, y, z] = cameraEye({ ...standing, pitch })
    return z < upAt(x, y) + clear
  }
  let { pitch } = view
  while (pitch > ABOVE.least && buried(pitch)) pitch -= 1
  return { ...standing, pitch: Math.max(ABOVE.least, pitch) }
}

function pixelMetres({ range }: CameraView, { height }: Pick<Frame, 'height'>): number {
  return (2 * Math.tan(FOVY / 2) * range) / height
}

/** Ranges above which a flight need not rise: from there its way is seen whole. */
const OVERVIEW = 3

/**
 * The view a fraction of the way from one to the other: one arc, headings the short way round, ranges by ratio. A flight
 * over more ground than its ends show rises, so that the way between them is seen.
 */
export function betweenViews(from: CameraView, to: CameraView, fraction: number): CameraView {
  const mix = (a: number, b: number): number => a + (b - a) * fraction
  const turn = ((((to.heading - from.heading) % 360) + 540) % 360) - 180
  const ground = Math.hypot(to.target[0] - from.target[0], to.target[1] - from.target[1])
  const rise = Math.max(1, (ground * OVERVIEW) / Math.max(from.range, to.range))
  return {
    target: [0, 1, 2].map((axis) => mix(from.target[axis]!, to.target[axis]!)) as EnuMetres,
    range: from.range * (to.range / from.range) ** fraction * rise ** (4 * fraction * (1 - fraction)),
    heading: (from.heading + turn * fraction + 360) % 360,
    pitch: mix(from.pitch, to.pitch),
  }
}

/** Seconds of a flight: longer the more the picture changes, between the least and the most a viewer takes for one movement. */
export function flightSeconds(from: CameraView, to: CameraView): number {
  const ground = Math.hypot(to.target[0] - from.target[0], to.target[1] - from.target[1])
  const change =
    Math.abs(Math.log(to.range / from.range)) + Math.log1p(ground / Math.min(from.range, to.range))
  return Math.min(2.4, 1.6 + change * 0.2)
}

/** Slow start, slow end. */
export function ease(fraction: number): number {
  return fraction < 0.5 ? 4 * fraction ** 3 : 1 - (-2 * fraction + 2) ** 3 / 2
}
