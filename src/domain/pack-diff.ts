import type { Indicator } from './indicator.ts'

/** One field of one definition that two packs tell differently; `indicator` where the whole of it came or went. */
export interface DefinitionChange {
  code: string
  field: string
  /** As it was and is: plain text, or JSON. Empty where it was not there. */
  from: string
  to: string
}

/** What decides the meaning of a number: a series that crosses a change of one of these is broken (口径调整). */
const meaning = new Set([
  'definition',
  'unit',
  'freq',
  'timeBasis',
  'priceBasis',
  'jointFirstPeriods',
  'dimensions',
  'derivation',
  'version',
])

export function changesMeaning({ field }: DefinitionChange): boolean {
  return meaning.has(field)
}

/** What changed between two sets of definitions, by code and field, in the order of the codes. Equal sets answer nothing. */
export function packDiff(from: readonly Indicator[], to: readonly Indicator[]): DefinitionChange[] {
  const [before, after] = [from, to].map((list) => new Map(list.map((one) => [one.code, one])))
  const codes = [...new Set([...before!.keys(), ...after!.keys()])].toSorted()
  return codes.flatMap((code) => {
    const [old, now] = [before!.get(code), after!.get(code)]
    if (!old || !now) return [{ code, field: 'indicator', from: old?.name.zh ?? '', to: now?.name.zh ?? '' }]
    return fieldsOf(old, now).flatMap((field) => {
      const [was, is] = [textOf(old[field]), textOf(now[field])]
      return was === is ? [] : [{ code, field, from: was, to: is }]
    })
  })
}

function fieldsOf(old: Indicator, now: Indicator): (keyof Indicator)[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted() as (keyof Indicator)[]
}

function textOf(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(sorted(value))
}

/** With keys in one order, so that a file written in another order is not a change. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
