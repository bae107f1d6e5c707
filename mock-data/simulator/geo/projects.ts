import type { PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import type { LonLat, Metres } from './plane.ts'
import { areaOf, featureOf } from './feature.ts'
import { cornersOf, protectedPlots } from './protected-areas.ts'
import { standing } from './statement.ts'

interface Project {
  id: string
  name: string
  state: PropertiesOf<'projects'>['state']
  middle: LonLat
  corners: readonly Metres[]
}

const red = protectedPlots[0]!.middle

/** The first lies well across a red line, the second leans on the same line and takes nothing of it, the fourth lies across farmland. */
const plots: readonly Project[] = [
  {
    id: 'project-1',
    name: '示意项目01',
    state: 'planned',
    middle: red,
    corners: [
      [-2_600, -700],
      [-1_000, -700],
      [-1_000, 300],
      [-2_600, 300],
    ],
  },
  {
    id: 'project-2',
    name: '示意项目02',
    state: 'approved',
    middle: red,
    corners: [
      [1_800, -1_300],
      [2_700, -1_300],
      [2_700, 1_100],
      [1_800, 1_100],
    ],
  },
  {
    id: 'project-3',
    name: '示意项目03',
    state: 'building',
    middle: [125.2, 43.95],
    corners: [
      [-400, -300],
      [500, -300],
      [500, 400],
      [-400, 400],
    ],
  },
  {
    id: 'project-4',
    name: '示意项目04',
    state: 'planned',
    middle: [125.62, 44.3],
    corners: [
      [1_200, -400],
      [3_000, -400],
      [3_000, 500],
      [1_200, 500],
    ],
  },
  {
    id: 'project-5',
    name: '示意项目05',
    state: 'approved',
    middle: [125.45, 43.98],
    corners: [
      [-300, -250],
      [350, -250],
      [350, 250],
      [-300, 250],
    ],
  },
]

export const projects = standing(() =>
  plots.map((plot) =>
    featureOf('projects', plot.id, areaOf(cornersOf(plot)), { name: plot.name, state: plot.state }),
  ),
)
