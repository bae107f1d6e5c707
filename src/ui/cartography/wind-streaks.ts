import type { Rgb } from './map-colours.ts'
import type { MeshVertex } from './mesh-builder.ts'

type Metres = readonly [number, number, number]
type Quad = [MeshVertex, MeshVertex, MeshVertex, MeshVertex]

const WIDTH = 1.6
/** Length in u of a streak in still air and for each metre a second more; a gale has no longer one than LONGEST. */
const [SHORTEST, PER_SPEED, LONGEST] = [8, 8, 120]
const [TAIL, HEAD] = [0.12, 0.42]
const DASHES = 3

/**
 * A streak blown away from where the wind comes from: faint at its tail, bright at its head, middle over the place.
 * It keeps its size on the screen. Speed in metres a second; `from` in degrees clockwise from north. None in a calm.
 * A forecast is broken into dashes.
 */
export function windStreak(at: Metres, speed: number, from: number, color: Rgb, forecast = false): Quad[] {
  if (speed <= 0) return []
  const half = Math.min(LONGEST, SHORTEST + PER_SPEED * speed) / 2
  const turn = ((from + 180) * Math.PI) / 180
  const [east, north] = [Math.sin(turn), Math.cos(turn)]
  const corner = (along: number, across: number): MeshVertex => ({
    at,
    lift: [east * along + (north * across * WIDTH) / 2, north * along - (east * across * WIDTH) / 2, 0],
    color,
    alpha: Math.round(255 * (TAIL + ((HEAD - TAIL) * (along + half)) / (2 * half))),
  })
  const part = (start: number, end: number): Quad => [
    corner(start, -1),
    corner(end, -1),
    corner(end, 1),
    corner(start, 1),
  ]
  if (!forecast) return [part(-half, half)]
  const step = (2 * half) / DASHES
  return Array.from({ length: DASHES }, (_, index) => {
    const start = -half + index * step
    return part(start, start + step * 0.6)
  })
}
