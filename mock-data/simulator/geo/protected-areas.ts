import type { PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import { countyAt } from './county-shape.ts'
import { areaOf, featureOf } from './feature.ts'
import { toLonLat, toMetres, type LonLat, type Metres } from './plane.ts'
import { standing } from './statement.ts'

interface Plot {
  id: string
  name: string
  middle: LonLat
  /** Corners as metres from the middle, anticlockwise. */
  corners: readonly Metres[]
}

/** Corners in metres on the plane. */
export function cornersOf({ middle, corners }: Pick<Plot, 'middle' | 'corners'>): Metres[] {
  const [east, north] = toMetres(middle)
  return corners.map(([x, y]) => [east + x, north + y])
}

/** Invented plots, none of them a real red line or a real field. The eastern side of the first runs straight north. */
export const protectedPlots: readonly (Plot & { kind: PropertiesOf<'protected-areas'>['kind'] })[] = [
  {
    id: 'protected-red-1',
    name: '示意生态保护红线01',
    kind: 'ecological-red-line',
    middle: [125.52, 43.76],
    corners: [
      [-1_900, -1_200],
      [-300, -1_700],
      [1_800, -1_300],
      [1_800, 1_100],
      [200, 1_900],
      [-1_600, 1_000],
    ],
  },
  {
    id: 'protected-red-2',
    name: '示意生态保护红线02',
    kind: 'ecological-red-line',
    middle: [125.8, 43.52],
    corners: [
      [-2_600, -900],
      [0, -1_900],
      [2_200, -600],
      [2_500, 1_300],
      [-400, 2_100],
      [-2_300, 800],
    ],
  },
  {
    id: 'protected-farm-1',
    name: '示意永久基本农田01',
    kind: 'permanent-farmland',
    middle: [125.12, 44.2],
    corners: [
      [-2_400, -1_500],
      [2_300, -1_600],
      [2_500, 1_400],
      [-2_200, 1_700],
    ],
  },
  {
    id: 'protected-farm-2',
    name: '示意永久基本农田02',
    kind: 'permanent-farmland',
    middle: [125.62, 44.3],
    corners: [
      [-1_800, -1_900],
      [1_900, -1_700],
      [2_100, 1_800],
      [-1_700, 2_000],
    ],
  },
]

export const protectedAreas = standing(() =>
  protectedPlots.map((plot) => {
    const region = countyAt(toLonLat(toMetres(plot.middle)))
    return featureOf('protected-areas', plot.id, areaOf(cornersOf(plot)), {
      name: plot.name,
      kind: plot.kind,
      ...(region === undefined ? {} : { region }),
    })
  }),
)
