import type { EnuMetres } from '../../../contracts/map-layer.ts'

/** Steps of a bow: its corners are a few degrees, which nobody sees. */
const STEPS = 24
/** Height of a bow's top over its length. */
const RISE = 0.16

/** A parabola from one place to another, standing upright. */
export function bowPath(from: EnuMetres, to: EnuMetres): EnuMetres[] {
  const top = Math.hypot(to[0] - from[0], to[1] - from[1]) * RISE
  return Array.from({ length: STEPS + 1 }, (_, step): EnuMetres => {
    const share = step / STEPS
    const mix = (axis: 0 | 1 | 2): number => from[axis] + (to[axis] - from[axis]) * share
    return [mix(0), mix(1), mix(2) + top * 4 * share * (1 - share)]
  })
}
