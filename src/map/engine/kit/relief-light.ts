/** From where a relief is lit on maps, the north-west, as a vector of length 1. */
const LIGHT = [-0.48, 0.36, 0.8] as const
/** Slopes are drawn this many times as steep: a city's are a few degrees, which nobody would see. */
const STEEPER = 3
/** Square metres in plan below which a triangle is a skirt and has no slope. */
const UPRIGHT = 1e-3

/**
 * Light at each vertex of a terrain mesh, −1 in the deepest shade to 1 towards the light, 0 on level ground: the mean of the
 * slopes around it, weighed by their areas.
 * @param positions ENU metres, three a vertex
 */
export function reliefLight(positions: Float32Array, indices: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length)
  for (let at = 0; at < indices.length; at += 3) {
    const corners = [indices[at]! * 3, indices[at + 1]! * 3, indices[at + 2]! * 3] as const
    const normal = upwardNormal(positions, corners)
    if (normal)
      for (const corner of corners) normal.forEach((part, axis) => (normals[corner + axis]! += part))
  }
  return Float32Array.from({ length: positions.length / 3 }, (_, vertex) => {
    const [x, y, z] = normals.subarray(vertex * 3, vertex * 3 + 3) as unknown as [number, number, number]
    if (z === 0) return 0
    const [east, north] = [(x / z) * STEEPER, (y / z) * STEEPER]
    const facing = (east * LIGHT[0] + north * LIGHT[1] + LIGHT[2]) / Math.hypot(east, north, 1)
    return facing > LIGHT[2] ? (facing - LIGHT[2]) / (1 - LIGHT[2]) : (facing - LIGHT[2]) / (1 + LIGHT[2])
  })
}

/** As long as twice the triangle's area. */
function upwardNormal(
  p: Float32Array,
  [a, b, c]: readonly [number, number, number],
): [number, number, number] | undefined {
  const [ux, uy, uz] = [p[b]! - p[a]!, p[b + 1]! - p[a + 1]!, p[b + 2]! - p[a + 2]!]
  const [vx, vy, vz] = [p[c]! - p[a]!, p[c + 1]! - p[a + 1]!, p[c + 2]! - p[a + 2]!]
  const up = ux * vy - uy * vx
  if (Math.abs(up) < UPRIGHT) return undefined
  const turned = Math.sign(up)
  return [(uy * vz - uz * vy) * turned, (uz * vx - ux * vz) * turned, up * turned]
}
