/** Median of a non-empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('median of nothing')
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Nearest-rank percentile, p in (0, 100]. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)]!
}

export interface Row {
  metric: string
  unit: string
  ours: number[]
  reference?: { name: string; values: number[] }
  /** What the figure is measured against: a bound on our own value, or on the ratio to the reference of the same run. */
  goal?: { kind: 'value' | 'ratio'; atMost: number }
}

export interface Result {
  metric: string
  unit: string
  median: number
  spread: [number, number]
  reference?: { name: string; median: number; spread: [number, number] }
  ratio?: number
  goal?: string
  met?: 'yes' | 'no' | 'within noise'
}

/**
 * A goal counts as met when the median meets it. Where it is missed, but the runs overlap so far that the order could turn
 * (our best run is on the good side), the table says "within noise".
 */
export function resultOf(row: Row): Result {
  const ours = median(row.ours)
  const spread: [number, number] = [Math.min(...row.ours), Math.max(...row.ours)]
  const reference = row.reference && {
    name: row.reference.name,
    median: median(row.reference.values),
    spread: [Math.min(...row.reference.values), Math.max(...row.reference.values)] as [number, number],
  }
  const ratio = reference && ours / reference.median
  const result: Result = {
    metric: row.metric,
    unit: row.unit,
    median: ours,
    spread,
    ...(reference ? { reference, ratio: ratio! } : {}),
  }
  if (!row.goal) return result
  const [value, best] =
    row.goal.kind === 'ratio' ? [ratio!, spread[0] / reference!.median] : [ours, spread[0]]
  const met = value <= row.goal.atMost ? 'yes' : best <= row.goal.atMost ? 'within noise' : 'no'
  return {
    ...result,
    goal:
      row.goal.kind === 'ratio'
        ? `≤ ${row.goal.atMost} × ${reference!.name}`
        : `≤ ${row.goal.atMost} ${row.unit}`,
    met,
  }
}

const shown = (value: number) =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)

export function tableOf(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.metric,
    `${shown(result.median)} ${result.unit} (${shown(result.spread[0])}–${shown(result.spread[1])})`,
    result.reference
      ? `${result.reference.name} ${shown(result.reference.median)} (${shown(result.reference.spread[0])}–${shown(result.reference.spread[1])})`
      : '',
    result.ratio === undefined ? '' : `${result.ratio.toFixed(2)} ×`,
    result.goal ?? '',
    result.met ?? '',
  ])
  const head = ['metric', 'Citydeck: median (spread)', 'reference', 'ratio', 'goal', 'met']
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  )
  return [head, widths.map((width) => '-'.repeat(width)), ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '))
    .join('\n')
}
