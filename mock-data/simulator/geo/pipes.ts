import type { PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { fraction, oneOf, rounded } from '../chance.ts'
import { remembered } from '../remembered.ts'
import { featureOf, numbered } from './feature.ts'
import { between, distance, toLonLat, type Metres } from './plane.ts'
import { standing } from './statement.ts'
import { type Edge, streetNetwork } from './street-network.ts'
import { isWater } from './water-edge.ts'

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

/** Metres that pipes keep from the water. */
const bankM = 15
const [piped, longestM] = [50, 600]

/** The stretches of street nearest to the middle of the town. */
function pipedEdges(): Edge[] {
  const { nodes, edges } = streetNetwork()
  const at = ({ from, to }: Edge, share: number) => between(nodes[from]!, nodes[to]!, share)
  const farM = (edge: Edge) => distance(at(edge, 0.5), [0, 0])
  const isDry = (edge: Edge) => [0, 0.25, 0.5, 0.75, 1].every((share) => !isWater(at(edge, share), bankM))
  return edges
    .filter(({ lengthM, road }) => lengthM <= longestM && road !== 'trunk' && road !== 'motorway')
    .toSorted((a, b) => farM(a) - farM(b))
    .slice(0, 2 * piped)
    .filter(isDry)
    .slice(0, piped)
}

function pipeUnder(
  { from, to, lengthM, street }: Edge,
  rule: PipeRule,
  seed: string,
  id: string,
): MapFeature {
  const { nodes } = streetNetwork()
  const [a, b] = [nodes[from]!, nodes[to]!]
  const left: Metres = [(a[1] - b[1]) / lengthM, (b[0] - a[0]) / lengthM]
  const [shallow, deep] = rule.depths
  // The pipe of the next stretch goes on at the depth at which this one ends, and is as wide all along its street.
  const depthAt = (node: number) =>
    rounded(shallow + (deep - shallow) * fraction(seed, 'geo', 'pipe', rule.kind, node), 2)
  const diameter = oneOf(seed, rule.diameters, 'geo', 'pipe', rule.kind, street, 'diameter')
  const beside = ([east, north]: Metres, node: number): [number, number, number] => [
    ...toLonLat([east + left[0] * rule.left, north + left[1] * rule.left]),
    -depthAt(node),
  ]
  const geometry = { type: 'LineString' as const, coordinates: [beside(a, from), beside(b, to)] }
  const depth = rounded((depthAt(from) + depthAt(to)) / 2, 2)
  const name = numbered(rule.word, Number(id.slice(-3)), 3)
  return featureOf('pipes', id, geometry, { name, kind: rule.kind, diameter, depth })
}

const laid = remembered(1, (seed): readonly MapFeature[] =>
  pipedEdges().flatMap((street, index) =>
    rules.map((rule) => pipeUnder(street, rule, seed, numbered(`pipe-${rule.kind}-`, index + 1, 3))),
  ),
)

/** Three hundred invented lengths of pipe, one of each kind under fifty stretches of street; `depth` is that of the axis at half way. */
export const pipes = standing((seed) => [...laid(seed, 0)])
