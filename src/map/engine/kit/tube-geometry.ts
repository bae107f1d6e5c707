import type { Rgba } from '../../../contracts/map-kit.ts'
import type { EnuMetres } from '../../../contracts/map-layer.ts'
import { type KitGeometry, NAMELESS_ROW } from './kit-layer.ts'

export interface Tube {
  path: readonly EnuMetres[]
  color: Rgba
  /** Metres. */
  diameter: number
  /** Least width on the screen, in u. */
  width: number
  row: number | undefined
}

/** Sides of a tube: round enough for a pipe of a few pixels. */
const SIDES = 8

/**
 * Tubes as triangles: one ring a position, square to the path there, with the radius left to the camera's distance.
 * @param groundUp ENU up of the ground: each vertex knows how far over it it lies
 */
export function tubeGeometry(
  tubes: readonly Tube[],
  groundUp: (east: number, north: number) => number = () => -Infinity,
): KitGeometry {
  const [positions, normals, radii, colors, rows, overs, indices]: number[][] = [[], [], [], [], [], [], []]
  for (const { path, color, diameter, width, row = NAMELESS_ROW } of tubes) {
    path.forEach((at, step) => {
      const [side, up] = acrossPath(path[step - 1] ?? at, path[step + 1] ?? at)
      const first = rows!.length
      const over = Math.min(1e6, at[2] - groundUp(at[0], at[1]))
      for (let spoke = 0; spoke < SIDES; spoke++) {
        const [cos, sin] = [Math.cos((spoke * 2 * Math.PI) / SIDES), Math.sin((spoke * 2 * Math.PI) / SIDES)]
        positions!.push(at[0], at[1], at[2])
        normals!.push(side[0] * cos + up[0] * sin, side[1] * cos + up[1] * sin, side[2] * cos + up[2] * sin)
        radii!.push(diameter / 2, width / 2)
        colors!.push(color[0], color[1], color[2], color[3])
        rows!.push(row)
        overs!.push(over + (side[2] * cos + up[2] * sin) * (diameter / 2))
        if (step === 0) continue
        const [here, next] = [first + spoke, first + ((spoke + 1) % SIDES)]
        indices!.push(here, next, here - SIDES, next, next - SIDES, here - SIDES)
      }
    })
  }
  const floats = (size: number, value: number[]) => ({ size, value: new Float32Array(value) })
  return {
    topology: 'triangle-list',
    attributes: {
      positions: floats(3, positions!),
      normals: floats(3, normals!),
      radii: floats(2, radii!),
      colors: { size: 4, value: new Uint8Array(colors!), normalized: true },
      rows: floats(1, rows!),
      overs: floats(1, overs!),
    },
    indices: new Uint32Array(indices!),
  }
}

/** Two unit vectors square to the way from a to b and to each other. */
function acrossPath(a: EnuMetres, b: EnuMetres): [EnuMetres, EnuMetres] {
  const along: EnuMetres = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const flat = Math.hypot(along[0], along[1])
  // A shaft that goes straight down has no side of its own.
  const side: EnuMetres = flat < 1e-9 ? [1, 0, 0] : [-along[1] / flat, along[0] / flat, 0]
  const length = Math.hypot(flat, along[2]) || 1
  const [x, y, z] = along
  return [side, [(side[1] * z) / length, (-side[0] * z) / length, (side[0] * y - side[1] * x) / -length]]
}
