type Metres = [east: number, north: number, up: number]

/** Degrees of arc between two points of the rim. */
const STEP = 7.5

/**
 * Ground seen from a point: a closed ring in the metres of `at`. Heading clockwise from north and opening angle in
 * degrees, range in metres. A full turn has no apex.
 */
export function viewCone(at: Metres, heading: number, angle: number, range: number): Metres[] {
  const opening = Math.min(360, Math.max(0, angle))
  const steps = Math.max(1, Math.ceil(opening / STEP))
  const rim = Array.from({ length: steps + 1 }, (_, index): Metres => {
    const turn = ((heading - opening / 2 + (opening * index) / steps) * Math.PI) / 180
    return [at[0] + range * Math.sin(turn), at[1] + range * Math.cos(turn), at[2]]
  })
  return opening === 360 ? [...rim.slice(0, -1), rim[0]!] : [at, ...rim, at]
}
