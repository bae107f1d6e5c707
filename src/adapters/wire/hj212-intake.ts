import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Delivery } from '../../contracts/delivery.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { readTime } from './city-time.ts'
import { type Message, versionName } from './hj212-message.ts'
import { type FlagMeaning, judgeValue } from './hj212-value.ts'

/** Which values of a device's packets make one indicator. */
export const Hj212MappingSchema = v.strictObject({
  /** Code of the factor (HJ 524, HJ 525): a34004; several where editions name it differently. */
  factor: v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1))]),
  /** Rtd of real-time packets, Avg, Min, Max, Cou of the others, or a field with the converted value (ZsRtd). */
  field: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9]+$/)), 'Rtd'),
  /** 2011 real-time, 2051 minutes, 2061 hour, 2031 day. */
  commands: v.optional(v.pipe(v.array(v.picklist(['2011', '2031', '2051', '2061'])), v.minLength(1)), [
    '2011',
  ]),
  /** UCUM code as delivered. */
  unit: v.string(),
  /** Only these devices; absent: all of the source. */
  devices: v.optional(v.array(v.string())),
  dims: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9]*$/)),
      v.union([
        v.strictObject({ const: v.string() }),
        v.strictObject({ of: v.picklist(['station', 'factor']) }),
      ]),
    ),
    {},
  ),
})
export type Hj212Mapping = v.InferOutput<typeof Hj212MappingSchema>

export interface Station {
  region: string
  name?: string | undefined
}

export interface Taken {
  message: Message
  /** Where it came from and when it was made, for the operator. */
  place: string
  bytes: Uint8Array
}

export interface World {
  timeZone: string
  flags: Readonly<Record<string, FlagMeaning>>
  stations: Readonly<Record<string, Station>>
}

/** The readings of one packet for one indicator; a factor that the packet does not tell is neither reading nor refusal. */
export function readingsOf(
  mapping: Hj212Mapping,
  taken: Taken,
  dataTime: string | undefined,
  world: World,
): Pick<Delivery['pages'][number], 'readings' | 'refusals'> {
  const page = { readings: [] as Reading[], refusals: [] as Refusal[] }
  const { message, place } = taken
  const station = world.stations[message.mn]
  const wanted =
    station &&
    (mapping.commands as readonly string[]).includes(message.cn) &&
    (mapping.devices?.includes(message.mn) ?? true)
  if (!wanted) return page
  for (const factor of [mapping.factor].flat()) {
    const fields = message.factors.get(factor)
    if (fields?.[mapping.field] === undefined && fields?.['Flag'] === undefined) continue
    const row = `${place} ${factor}-${mapping.field}`
    const time = readTime(dataTime, 'compact-time', world.timeZone)
    const judged = judgeValue(fields[mapping.field], fields['Flag'], world.flags)
    if ('reason' in time) page.refusals.push({ row, reason: `DataTime: ${time.reason}` })
    else if ('fault' in judged) page.refusals.push({ row, reason: judged.fault })
    else page.readings.push(reading(mapping, taken, factor, { at: time.at, ...judged }, world))
  }
  return page
}

function reading(
  mapping: Hj212Mapping,
  { message, place, bytes }: Taken,
  factor: string,
  told: Pick<Reading, 'at' | 'value' | 'status' | 'flags'> & { steps: Reading['lineage']['steps'] },
  world: World,
): Reading {
  const { steps, ...judged } = told
  const station = world.stations[message.mn]
  const names = { station: station?.name ?? message.mn, factor }
  const made = readTime(message.qn, 'compact-time', world.timeZone)
  return {
    region: station?.region ?? '',
    dims: Object.fromEntries(
      Object.entries(mapping.dims).map(([key, from]) => [key, 'const' in from ? from.const : names[from.of]]),
    ),
    unit: mapping.unit,
    ...judged,
    ...('at' in made && 'instant' in made.at ? { resultTime: made.at.instant } : {}),
    lineage: {
      request: `HJ 212 CN ${message.cn} of ${message.mn}`,
      rawSha256: createHash('sha256').update(bytes).digest('hex'),
      steps: [{ step: 'packet', detail: `${place}, ${versionName(message.flag)}` }, ...steps],
      record: { place, text: shown(message, factor) },
    },
  }
}

/** As delivered, without the device's password. */
function shown({ qn, cn, mn, dataTime, factors }: Message, factor: string): string {
  const fields = Object.entries(factors.get(factor) ?? {}).map(([name, text]) => `${factor}-${name}=${text}`)
  return `QN=${qn};CN=${cn};MN=${mn};DataTime=${dataTime ?? ''};${fields.join(',')}`.slice(0, 2_000)
}
