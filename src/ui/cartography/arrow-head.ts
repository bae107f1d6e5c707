import type { Rgb } from './map-colours.ts'
import type { MeshVertex } from './mesh-builder.ts'

type Metres = readonly [number, number, number]

/** A flat triangle whose tip touches `to`, pointing there from `from`; `length` in u, so it keeps its size on the screen. */
export function arrowHead(from: Metres, to: Metres, color: Rgb, length: number, alpha = 255): MeshVertex[] {
  const [east, north] = [to[0] - from[0], to[1] - from[1]]
  const distance = Math.hypot(east, north)
  if (distance === 0) return []
  const [ahead, aside] = [
    [east / distance, north / distance],
    [-north / distance, east / distance],
  ] as const
  const corner = (along: number, across: number): MeshVertex => ({
    at: to,
    lift: [ahead[0] * along + aside[0] * across, ahead[1] * along + aside[1] * across, 0],
    color,
    alpha,
  })
  return [corner(0, 0), corner(-length, length * 0.42), corner(-length, -length * 0.42)]
}

/** The same by a heading in degrees clockwise from north, its middle over the place. */
export function headingArrow(at: Metres, heading: number, color: Rgb, length: number): MeshVertex[] {
  const turn = (heading * Math.PI) / 180
  const [east, north] = [Math.sin(turn), Math.cos(turn)]
  return arrowHead([at[0] - east, at[1] - north, at[2]], at, color, length).map((vertex) => ({
    ...vertex,
    lift: [vertex.lift[0] + (east * length) / 2, vertex.lift[1] + (north * length) / 2, 0],
  }))
}
