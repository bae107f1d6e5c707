import { units, type Unit, type UnitScale } from './unit-table.ts'

export type { Unit, UnitScale } from './unit-table.ts'

const byCode: ReadonlyMap<string, Unit> = new Map(units.map((unit) => [unit.code, unit]))
const powerPrefix = /^10[*^](-?\d{1,2})\.(.+)$/

/** The unit of a UCUM code, with its power-of-ten prefix taken apart (10*8.CNY is 亿元), or undefined when the table has none. */
export function unitOf(code: string): { unit: Unit; power: number } | undefined {
  const plain = byCode.get(code)
  if (plain) return { unit: plain, power: 1 }
  const prefixed = powerPrefix.exec(code)
  const unit = prefixed && byCode.get(prefixed[2]!)
  return unit ? { unit, power: Number(`1e${prefixed[1]}`) } : undefined
}

export function isUnit(code: string): boolean {
  return unitOf(code) !== undefined
}

/**
 * A value carried from one unit to another of the same kind, through the table and nothing else. Kept to 15 significant
 * digits, so that 3754.9 亿元 becomes 375490000000 元 without a binary tail.
 */
export function convert(value: number, from: string, to: string): { value: number } | { error: string } {
  if (from === to) return { value }
  const [source, target] = [unitOf(from), unitOf(to)]
  if (!source) return { error: `unit ${from} is not in the unit table` }
  if (!target) return { error: `unit ${to} is not in the unit table` }
  if (source.unit.kind !== target.unit.kind)
    return { error: `${from} (${source.unit.kind}) cannot become ${to} (${target.unit.kind})` }
  const base = value * source.power * source.unit.factor + (source.unit.offset ?? 0)
  const converted = (base - (target.unit.offset ?? 0)) / (target.unit.factor * target.power)
  return Number.isFinite(converted)
    ? { value: trimmed(converted) }
    : { error: `${value} ${from} is too large in ${to}` }
}

/** Without the binary tail of a decimal multiplication. */
export function trimmed(value: number): number {
  return Number(value.toPrecision(15))
}

/** A display scale of a unit by its key (the Chinese word: 亿元), or undefined. */
export function scaleOf(code: string, key: string): UnitScale | undefined {
  return unitOf(code)?.unit.scales.find((scale) => scale.zh === key)
}

/** The largest scale that still leaves a figure of at least one; the unit's smallest for zero and for what is missing. */
export function fittingScale(unit: Unit, value: number | null): UnitScale {
  const size = Math.abs(value ?? 0)
  const fitting = unit.scales.filter(({ factor, format }) => format === undefined && factor <= size)
  const plain =
    unit.scales.find(({ factor, format }) => factor === 1 && format === undefined) ?? unit.scales[0]!
  return fitting.reduce((best, scale) => (scale.factor > best.factor ? scale : best), plain)
}
