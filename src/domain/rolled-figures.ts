import type { Indicator } from './indicator.ts'
import type { Observation } from './observation.ts'
import { seriesKey } from './observation.ts'
import type { Region } from './region.ts'
import type { RegionTree } from './region-tree.ts'
import { dayAt } from './regions-at.ts'
import { rollUp } from './rollup.ts'
import { rollsUp } from './rollup-kind.ts'
import { rollupSource } from './rollup-source.ts'

export interface RolledInput {
  indicator: Pick<Indicator, 'code' | 'rollup' | 'unit'>
  /** No figure is made above this region: of what lies around the city nobody knows all parts. */
  root: string
  zone: string
  treeAt(day: string): RegionTree
  /** Of the indicator, for any regions and periods: what sources told. Published historical records are left out by the caller. */
  observations: readonly Observation[]
  /** Of the weight's indicator, for the same periods; only for weightedBy. */
  weights?: readonly Observation[]
  /** End of the newest period that a region's own source told; later ones are left to that source. */
  ownNewestEnd?(region: string, dims: Record<string, string>): string | undefined
}

export interface RolledFigure {
  observation: Observation
  /** The figures of the units, weights apart; also those without a value, or without a weight. */
  inputs: readonly Observation[]
  /** Those of the inputs whose values went in. */
  counted: readonly Observation[]
  /** Share of the units that it is made of, those further down within theirs: 1 where none is missing anywhere. */
  fullness: number
}

/**
 * Figures of regions that have none of their own at a period, from the units that stood when it ended: those that file it. A figure
 * of its own always stays, null included (一数一源), and is what is summed further up.
 */
export function rolledFigures(input: RolledInput): RolledFigure[] {
  if (!rollsUp(input.indicator.rollup)) return []
  const groups = new Map<string, Observation[]>()
  for (const seen of input.observations) {
    put(groups, `${spanOf(seen)}|${seriesKey('', '', seen.dims)}`, seen)
  }
  const weights = new Map<string, Observation[]>()
  for (const weight of input.weights ?? []) put(weights, spanOf(weight), weight)
  return [...groups.values()].flatMap((group) =>
    rollPeriod(input, group, weights.get(spanOf(group[0]!)) ?? []),
  )
}

function spanOf({ period: { start, end } }: Observation): string {
  return `${start}/${end}`
}

function put(groups: Map<string, Observation[]>, key: string, seen: Observation): void {
  const group = groups.get(key)
  if (group) group.push(seen)
  else groups.set(key, [seen])
}

/** Weights for the units of every level: as they were told, and summed where they were not. */
export function rolledWeights(input: RolledInput): Observation[] {
  const told = input.observations.filter((seen) => seen.indicator === input.indicator.code)
  const rolled = rolledFigures({ ...input, observations: told })
  return [...told, ...rolled.map(({ observation }) => observation)]
}

/** The units of a period are those of its last day; of an instant, those of that day. */
function treeOfPeriod(
  { treeAt, zone }: Pick<RolledInput, 'treeAt' | 'zone'>,
  { start, end }: Observation['period'],
): RegionTree {
  const last = start === end ? Date.parse(end) : Date.parse(end) - 1
  return treeAt(dayAt(last, zone))
}

function rollPeriod(
  input: RolledInput,
  told: readonly Observation[],
  weights: readonly Observation[],
): RolledFigure[] {
  const { period, dims } = told[0]!
  const tree = treeOfPeriod(input, period)
  const have = new Map(told.map((seen) => [seen.region, seen]))
  const shares = new Map<string, number>()
  return parentsOf(told, tree, input.root).flatMap(({ code }) => {
    const ownEnd = input.ownNewestEnd?.(code, dims)
    if (have.has(code) || (ownEnd !== undefined && Date.parse(ownEnd) < Date.parse(period.end))) return []
    const parts = tree.children(code).flatMap((child) => have.get(child.code) ?? [])
    const weighing = weights.filter((weight) => parts.some((part) => part.region === weight.region))
    const receivedAt = latest([...parts, ...weighing].map((seen) => seen.receivedAt))
    const rolled = rollUp({
      indicator: input.indicator,
      region: code,
      tree,
      observations: parts,
      weights: weighing,
      receivedAt,
    })
    if ('refused' in rolled) return []
    const draft = { ...rolled.observation, coverage: rolled.coverage, revision: 0 }
    const observation = { ...draft, lineage: lineageId(draft) }
    have.set(code, observation)
    const counted = parts.filter((part) => rolled.counted.includes(part.region))
    const full = counted.reduce((sum, part) => sum + (shares.get(part.region) ?? 1), 0)
    const fullness = full / rolled.coverage.of
    shares.set(code, fullness)
    return [{ observation, inputs: parts, counted, fullness }]
  })
}

/** Regions above those that told something, within the city, each after all that lies below it. */
function parentsOf(told: readonly Observation[], tree: RegionTree, root: string): Region[] {
  const above = new Map<string, { region: Region; depth: number }>()
  for (const { region } of told) {
    const way = tree.ancestors(region)
    const top = way.findIndex(({ code }) => code === root)
    way
      .slice(0, top + 1)
      .forEach((parent, height) => above.set(parent.code, { region: parent, depth: top - height }))
  }
  return [...above.values()].sort((a, b) => b.depth - a.depth).map(({ region }) => region)
}

/** Made of what it names, so that the record behind a figure can be made again when somebody asks. */
function lineageId({ indicator, region, period, dims, receivedAt }: Omit<Observation, 'lineage'>): string {
  const time = (instant: string): string => Date.parse(instant).toString(36)
  const part = fnv1a(seriesKey('', '', dims)).toString(36)
  return [
    rollupSource.id,
    indicator,
    region,
    `${time(period.start)}-${time(period.end)}`,
    part,
    time(receivedAt),
  ].join(':')
}

/** RFC 3339 writes years of four digits: an id that names another was made up. */
const [firstMs, lastMs] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T00:00:00Z')]

/** What a rolled-up figure's lineage id names, or undefined for any other id. Times are epoch milliseconds. */
export function parseLineageId(
  id: string,
): { indicator: string; region: string; startMs: number; endMs: number; knownMs: number } | undefined {
  const [, indicator, region, start, end, known] =
    /^rollup:([A-Z0-9_.]+):(\d+):(-?[0-9a-z]+)-(-?[0-9a-z]+):[0-9a-z]+:([0-9a-z]+)$/.exec(id) ?? []
  if (indicator === undefined) return undefined
  const times = [start, end, known].map((text) => Number.parseInt(text!, 36))
  if (times.some((ms) => ms < firstMs || ms > lastMs)) return undefined
  const [startMs, endMs, knownMs] = times
  return { indicator, region: region!, startMs: startMs!, endMs: endMs!, knownMs: knownMs! }
}

/** Fowler–Noll–Vo 1a, 32 bits: a short name of a text, no secret. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

function latest(instants: readonly string[]): string {
  return instants.reduce(
    (newest, instant) => (Date.parse(instant) > Date.parse(newest) ? instant : newest),
    '1970-01-01T00:00:00.000Z',
  )
}
