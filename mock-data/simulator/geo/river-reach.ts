import { toMetres, type LonLat, type Metres } from './plane.ts'

/** An invented reach through the town, about where 伊通河 runs: its line is 示意 and good to half a kilometre. Upstream first. */
const corners: readonly LonLat[] = [
  [125.3475, 43.802],
  [125.3478, 43.812],
  [125.3462, 43.8215],
  [125.3485, 43.831],
  [125.353, 43.84],
  [125.3555, 43.849],
  [125.3548, 43.8585],
  [125.3515, 43.8675],
  [125.3502, 43.877],
  [125.3525, 43.886],
  [125.357, 43.895],
  [125.359, 43.9045],
  [125.3575, 43.9135],
  [125.3545, 43.9225],
  [125.353, 43.932],
]

/** Every corner halved twice (Chaikin), so that what is drawn along it bends softly. */
function softened(line: readonly Metres[]): Metres[] {
  const soft: Metres[] = [line[0]!]
  for (let index = 1; index < line.length; index += 1) {
    const [a, b] = [line[index - 1]!, line[index]!]
    soft.push([a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25])
    soft.push([a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75])
  }
  soft.push(line[line.length - 1]!)
  return soft
}

export const reach: readonly Metres[] = softened(corners.map(toMetres))
