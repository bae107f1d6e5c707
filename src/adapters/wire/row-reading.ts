import * as v from 'valibot'
import type { Comparison } from '../../domain/observation.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { RegionCodeSchema } from '../../domain/region.ts'
import { readTime } from './city-time.ts'
import { describe, fractionToPercent, readNumber } from './number-text.ts'
import type { RowFields } from './row-fields.ts'

export interface Row {
  /** Where an operator finds it: page 1 row 4; row 13. */
  place: string
  cell(field: string): unknown
  /** The field as the operator knows it: a path, or a heading with its column. */
  name(field: string): string
}

export interface Origin {
  timeZone: string
  request: string
  rawSha256: string
}

/** One row as a reading, or every reason why it is none. Nothing is guessed and nothing is dropped in silence. */
export function readRow(
  row: Row,
  fields: RowFields,
  origin: Origin,
): { reading: Reading } | { refusal: Refusal } {
  const reader = new RowReader(row, fields, origin.timeZone)
  const reading = reader.read(origin)
  return reader.faults.length === 0
    ? { reading }
    : { refusal: { row: row.place, reason: reader.faults.join('; ') } }
}

// Each member reads one part; a fault is noted and reading goes on, so that the report names all of a row's faults at once.
class RowReader {
  readonly faults: string[] = []
  private readonly steps: { step: string; detail: string }[] = []
  private readonly row: Row
  private readonly fields: RowFields
  private readonly timeZone: string

  constructor(row: Row, fields: RowFields, timeZone: string) {
    this.row = row
    this.fields = fields
    this.timeZone = timeZone
  }

  read({ request, rawSha256 }: Origin): Reading {
    const { fields } = this
    const value = this.number(fields.value.field, fields.value.notation)
    const status = this.status(value)
    const flags = this.flags()
    const resultTime = this.resultTime()
    const comparisons = this.comparisons()
    const interval = this.interval()
    return {
      region: this.region(),
      dims: this.dims(),
      at: this.time(),
      value,
      unit: this.unit(),
      ...(status === undefined ? {} : { status }),
      ...(flags.length === 0 ? {} : { flags }),
      ...(resultTime === undefined ? {} : { resultTime }),
      ...(comparisons.length === 0 ? {} : { comparisons }),
      ...(interval.length === 0 ? {} : { interval }),
      lineage: { request, rawSha256, steps: [{ step: 'row', detail: this.row.place }, ...this.steps] },
    }
  }

  private fault(field: string, reason: string): void {
    this.faults.push(`${this.row.name(field)}: ${reason}`)
  }

  private text(field: string): string | undefined {
    const cell = this.row.cell(field)
    if (typeof cell === 'string' && cell.trim() !== '') return cell.trim()
    if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
    return undefined
  }

  /** The text as the source's own word, turned by the map where there is one. */
  private word<T>(field: string, map: Readonly<Record<string, T>>): T | undefined {
    const text = this.text(field)
    if (text !== undefined && Object.hasOwn(map, text)) return map[text]
    this.fault(field, text === undefined ? 'empty' : `${describe(text)} is not in the map`)
    return undefined
  }

  private region(): string {
    const { region } = this.fields
    if ('const' in region) return region.const
    if (region.map) return this.word(region.field, region.map) ?? ''
    const text = this.text(region.field)
    if (!v.is(RegionCodeSchema, text)) this.fault(region.field, `not a region code: ${describe(text ?? '')}`)
    return text ?? ''
  }

  private time(): Reading['at'] {
    const { field, format, ytd } = this.fields.time
    const cell = this.row.cell(field)
    const time = readTime(cell, format, this.timeZone, ytd)
    if ('reason' in time) {
      this.fault(field, time.reason)
      return { label: '' }
    }
    const read = 'instant' in time.at ? time.at.instant : time.at.label
    if (read !== String(cell))
      this.steps.push({ step: 'time', detail: `${describe(cell)} as ${format} = ${read}` })
    return time.at
  }

  private number(field: string, notation: 'plain' | 'fraction'): number | null {
    const cell = this.row.cell(field)
    const read = readNumber(cell)
    if ('reason' in read) {
      this.fault(field, read.reason)
      return null
    }
    const value = notation === 'fraction' && read.value !== null ? fractionToPercent(read.value) : read.value
    if (value !== null && !Number.isFinite(value)) {
      this.fault(field, `too large a number: ${describe(cell)}`)
      return null
    }
    if (value !== cell && value !== null)
      this.steps.push({
        step: notation === 'fraction' ? 'fraction × 100' : 'number',
        detail: `${describe(cell)} = ${value}`,
      })
    return value
  }

  private unit(): string {
    const { unit } = this.fields
    return typeof unit === 'string' ? unit : (this.word(unit.field, unit.map) ?? '')
  }

  private dims(): Record<string, string> {
    const dims: Record<string, string> = {}
    for (const [key, source] of Object.entries(this.fields.dims)) {
      if ('const' in source) dims[key] = source.const
      else if (source.map) dims[key] = this.word(source.field, source.map) ?? ''
      else {
        const text = this.text(source.field)
        if (text === undefined) this.fault(source.field, 'empty')
        dims[key] = text ?? ''
      }
    }
    return dims
  }

  private status(value: number | null): Reading['status'] {
    const { status } = this.fields
    if (value === null) return 'M'
    if (status === undefined) return undefined
    return 'const' in status ? status.const : this.word(status.field, status.map)
  }

  private flags(): NonNullable<Reading['flags']> {
    const { flags } = this.fields
    if (flags === undefined || this.text(flags.field) === undefined) return []
    return this.word(flags.field, flags.map) ?? []
  }

  private resultTime(): string | undefined {
    const when = this.fields.resultTime
    if (when === undefined || this.text(when.field) === undefined) return undefined
    const time = readTime(this.row.cell(when.field), when.format, this.timeZone)
    if ('at' in time && 'instant' in time.at) return time.at.instant
    // A release is often known by its day only; the day's first moment in the city stands for it.
    const midnight =
      'at' in time && 'label' in time.at && when.format === 'day'
        ? readTime(`${time.at.label} 00:00`, 'city-time', this.timeZone)
        : time
    if ('at' in midnight && 'instant' in midnight.at) return midnight.at.instant
    this.fault(when.field, 'reason' in midnight ? midnight.reason : 'a release needs an instant or a day')
    return undefined
  }

  private comparisons(): Comparison[] {
    return this.fields.comparisons.flatMap(({ kind, field, unit, notation }) => {
      const value = this.number(field, notation)
      return value === null ? [] : [{ kind, value, unit, published: true }]
    })
  }

  private interval(): NonNullable<Reading['interval']> {
    return this.fields.interval.flatMap(({ level, lower, upper }) => {
      const low = this.number(lower, this.fields.value.notation)
      const high = this.number(upper, this.fields.value.notation)
      if (low === null || high === null) return []
      if (low > high) this.fault(lower, `the interval's lower end ${low} lies above its upper end ${high}`)
      return [{ level, lower: low, upper: high }]
    })
  }
}
