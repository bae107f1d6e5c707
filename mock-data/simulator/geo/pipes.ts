import type { PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { fraction, oneOf, rounded } from '../chance.ts'
import { featureOf, numbered } from './feature.ts'
import { toLonLat, type Metres } from './plane.ts'
import { standing } from './statement.ts'
import { block, streetColumns, streetRows, type Block } from './street-grid.ts'

interface PipeRule {
  kind: PropertiesOf<'pipes'>['kind']
  word: string
  /** Metres to the left of the street's middle, and of the axis below the ground at least and at most. */
  left: number
  depths: readonly [number, number]
  diameters: readonly number[]
}

const rules: readonly PipeRule[] = [
  { kind: 'water', word: '示意给水管', left: -7, depths: [1.8, 2.3], diameters: [0.3, 0.6, 0.8] },
  { kind: 'rain', word: '示意雨水管', left: 2, depths: [2.4, 3.4], diameters: [0.6, 1, 1.5] },
  { kind: 'sewage', word: '示意污水管', left: 5, depths: [3.2, 4.6], diameters: [0.4, 0.6, 1] },
  { kind: 'gas', word: '示意燃气管', left: -10, depths: [1.1, 1.5], diameters: [0.16, 0.2, 0.3] },
  { kind: 'heat', word: '示意供热管', left: -3.5, depths: [1.4, 2], diameters: [0.4, 0.6, 0.8] },
  { kind: 'telecom', word: '示意通信管', left: 9, depths: [0.8, 1.1], diameters: [0.11, 0.2] },
]

/** Blocks about the middle of the grid, five columns by five rows, each way. */
function pipedBlocks(): Block[] {
  const [column, row] = [(streetColumns - 1) / 2 - 2, (streetRows - 1) / 2 - 2]
  return Array.from(
    { length: 25 },
    (_, index) => [column + (index % 5), row + Math.floor(index / 5)] as const,
  ).flatMap(([x, y]) => [block(x, y, true), block(x, y, false)])
}

function pipeIn({ from, to, left }: Block, rule: PipeRule, seed: string, id: string): MapFeature {
  const [shallow, deep] = rule.depths
  const diameter = oneOf(seed, rule.diameters, 'geo', id, 'diameter')
  const depthAt = (end: string) => rounded(shallow + (deep - shallow) * fraction(seed, 'geo', id, end), 2)
  const [start, end] = [depthAt('from'), depthAt('to')]
  const beside = ([east, north]: Metres, depth: number): [number, number, number] => [
    ...toLonLat([east + left[0] * rule.left, north + left[1] * rule.left]),
    -depth,
  ]
  const geometry = { type: 'LineString' as const, coordinates: [beside(from, start), beside(to, end)] }
  const depth = rounded((start + end) / 2, 2)
  return featureOf('pipes', id, geometry, {
    name: numbered(rule.word, Number(id.slice(-3)), 3),
    kind: rule.kind,
    diameter,
    depth,
  })
}

/** Three hundred invented lengths of pipe, one of each kind under fifty blocks; `depth` is that of the axis at half way. */
export const pipes = standing((seed) =>
  pipedBlocks().flatMap((street, index) =>
    rules.map((rule) => pipeIn(street, rule, seed, numbered(`pipe-${rule.kind}-`, index + 1, 3))),
  ),
)
