import { runsInside } from '../../sketch/plan.ts'
import { demoTown } from './demo-town.ts'
import { between, distance, type Metres } from './plane.ts'

/** So far up and down the first river from the middle of the town its reach goes, metres. */
const reachM = 7_000

function nearestCorner(line: readonly Metres[]): number {
  return line.reduce(
    (best, corner, index) => (distance(corner, [0, 0]) < distance(line[best]!, [0, 0]) ? index : best),
    0,
  )
}

export interface Course {
  /** Downstream. */
  line: readonly Metres[]
  halfWidth: number
}

/** The sketched rivers within the city, of each its longest run. */
export function riverCourses(): readonly Course[] {
  return demoTown().rivers.map(({ line, halfWidth }) => {
    const runs = runsInside(demoTown(), line)
    return { line: runs.toSorted((a, b) => b.length - a.length)[0]!, halfWidth }
  })
}

/** Every corner halved (Chaikin), so that what is drawn along it bends softly. */
function softened(line: readonly Metres[]): Metres[] {
  const halves = line.slice(1).flatMap((to, index): Metres[] => {
    const from = line[index]!
    return [between(from, to, 0.25), between(from, to, 0.75)]
  })
  return [line[0]!, ...halves, line.at(-1)!]
}

let reached: Course | undefined

/** The river through the town, upstream first: what floods, is watched and is sailed on. Invented, 示意. */
export function townReach(): Course {
  if (reached) return reached
  const { line, halfWidth } = demoTown().rivers[0]!
  const middle = nearestCorner(line)
  const near = line.filter((corner) => distance(corner, line[middle]!) < reachM)
  return (reached = { line: softened(near), halfWidth })
}

/** The point so many metres downstream of where the river is nearest to the middle; upstream where they are negative. */
export function downstream(line: readonly Metres[], metres: number): Metres {
  let at = nearestCorner(line)
  let left = Math.abs(metres)
  for (const step = metres < 0 ? -1 : 1; ; at += step) {
    const [here, there] = [line[at]!, line[at + step]]
    if (!there) return here
    const far = distance(here, there)
    if (far >= left) return between(here, there, left / far)
    left -= far
  }
}
