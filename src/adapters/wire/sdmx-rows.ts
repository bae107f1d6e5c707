import { parse } from 'csv-parse/sync'
import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { parseJson } from './json-path.ts'

/** One observation: its dimensions, attributes and measures by id, codes as they are. */
export type SdmxRow = Record<string, unknown>

/** SDMX-CSV 2.0: a heading of ids, an ACTION beside each observation. */
export function sdmxCsvRows(body: string, asked: string): SdmxRow[] {
  let rows: string[][]
  try {
    rows = parse(body, { bom: true, skip_empty_lines: true })
  } catch {
    throw new SourceError(`${asked}: the answer is no SDMX-CSV`)
  }
  const [heading = [], ...lines] = rows
  // The first column of every version of the format; a structure's columns follow.
  if (!/^(STRUCTURE|DATAFLOW)(\[|$)/.test(heading[0] ?? ''))
    throw new SourceError(`${asked}: the answer is no SDMX-CSV: it begins with no STRUCTURE`)
  return lines.map((line) => Object.fromEntries(heading.map((id, index) => [id, line[index]])))
}

const ValuesSchema = v.array(
  v.object({
    id: v.string(),
    values: v.optional(v.array(v.record(v.string(), v.unknown())), []),
    relationship: v.optional(v.unknown()),
  }),
)
type Components = v.InferOutput<typeof ValuesSchema>
const PlacedSchema = v.object({
  dataSet: v.optional(ValuesSchema, []),
  series: v.optional(ValuesSchema, []),
  observation: v.optional(ValuesSchema, []),
})
const ObservationsSchema = v.record(v.string(), v.array(v.unknown()))
const MessageSchema = v.object({
  data: v.object({
    structures: v.optional(
      v.array(
        v.object({
          dimensions: PlacedSchema,
          attributes: v.optional(PlacedSchema, {}),
          measures: v.optional(PlacedSchema, {}),
        }),
      ),
      [],
    ),
    dataSets: v.optional(
      v.array(
        v.object({
          structure: v.optional(v.number(), 0),
          action: v.optional(v.string(), 'Information'),
          attributes: v.optional(v.array(v.unknown()), []),
          observations: v.optional(ObservationsSchema, {}),
          series: v.optional(
            v.record(
              v.string(),
              v.object({
                attributes: v.optional(v.array(v.unknown()), []),
                observations: v.optional(ObservationsSchema, {}),
              }),
            ),
            {},
          ),
        }),
      ),
      [],
    ),
  }),
})
type Message = v.InferOutput<typeof MessageSchema>
type Structure = Message['data']['structures'][number]

/** SDMX-JSON 2.0: numbers in keys stand for places in the lists of the structure; by series or flat. */
export function sdmxJsonRows(body: string, asked: string): SdmxRow[] {
  const read = v.safeParse(MessageSchema, parseJson(body))
  if (!read.success) throw new SourceError(`${asked}: no SDMX-JSON 2.0: ${read.issues[0].message}`)
  const { structures, dataSets } = read.output.data
  return dataSets.flatMap((dataSet) => {
    const structure = structures[dataSet.structure]
    if (!structure) throw new SourceError(`${asked}: a data set whose structure is not in the message`)
    const shared: SdmxRow = {
      ACTION: dataSet.action[0],
      ...fixed(structure.dimensions.dataSet),
      ...coded(structure.attributes.dataSet, dataSet.attributes),
    }
    const bySeries = Object.entries(dataSet.series).flatMap(([key, { attributes, observations }]) => {
      const series = {
        ...keyed(structure.dimensions.series, key, asked),
        ...coded(structure.attributes.series, attributes),
      }
      return told(structure, observations, { ...shared, ...series }, asked)
    })
    return [...bySeries, ...told(structure, dataSet.observations, shared, asked)]
  })
}

function told(
  { dimensions, attributes, measures }: Structure,
  observations: Record<string, unknown[]>,
  shared: SdmxRow,
  asked: string,
): SdmxRow[] {
  const ids = measures.observation.length === 0 ? ['OBS_VALUE'] : measures.observation.map(({ id }) => id)
  return Object.entries(observations).map(([key, cells]) => ({
    ...shared,
    ...keyed(dimensions.observation, key, asked),
    ...Object.fromEntries(ids.map((id, index) => [id, cells[index] ?? null])),
    ...coded(attributes.observation, cells.slice(ids.length)),
  }))
}

/** Dimensions that have one value for the whole data set. */
function fixed(components: Components): SdmxRow {
  return Object.fromEntries(components.map(({ id, values }) => [id, codeOf(values[0])]))
}

function keyed(components: Components, key: string, asked: string): SdmxRow {
  const places = key.split(':')
  return Object.fromEntries(
    components.map(({ id, values }, index) => {
      const value = values[Number(places[index])]
      if (!value) throw new SourceError(`${asked}: the key ${key.slice(0, 60)} has no value of ${id}`)
      return [id, codeOf(value)]
    }),
  )
}

/** An attribute is a place in its list of values, or where it has no list the value itself. */
function coded(components: Components, cells: readonly unknown[]): SdmxRow {
  return Object.fromEntries(
    components.map(({ id, values }, index) => {
      const cell = cells[index]
      return [id, typeof cell === 'number' && values.length > 0 ? codeOf(values[cell]) : (cell ?? undefined)]
    }),
  )
}

const codeOf = (value: Record<string, unknown> | undefined): unknown => value?.['id'] ?? value?.['value']
