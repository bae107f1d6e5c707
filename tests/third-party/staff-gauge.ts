import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { SourceError, defineIndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import type { Reading, Refusal } from '../../src/domain/reading.ts'

// A protocol as somebody else would write it: of this project it knows the contract and the types it speaks of, nothing else.

const SettingsSchema = v.strictObject({ address: v.pipe(v.string(), v.url()) })
/** Gauges and the regions they stand in. */
const MappingSchema = v.strictObject({ gauges: v.record(v.string(), v.string()) })
type Settings = v.InferOutput<typeof SettingsSchema>
type Mapping = v.InferOutput<typeof MappingSchema>

const AnswerSchema = v.object({ gauges: v.array(v.unknown()) })
const RowSchema = v.object({
  gauge: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
  cm: v.nullable(v.pipe(v.number(), v.finite())),
})

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '0.3.1',
  settings: SettingsSchema,
  mapping: MappingSchema,

  async probe(source, io) {
    const { status } = await ask(source, io)
    return { reachable: status === 200, detail: `status ${status}`, clockSkewMs: null }
  },

  async *read(source, mapping, _window, io) {
    io.signal.throwIfAborted()
    const { body, sha256 } = await answered(source, io)
    const readings: Reading[] = []
    const refusals: Refusal[] = []
    for (const [nth, entry] of rowsOf(body).entries()) {
      const row = v.safeParse(RowSchema, entry)
      if (!row.success) {
        refusals.push({ row: `gauges[${nth}]`, reason: row.issues[0].message.slice(0, 200) })
        continue
      }
      const region = mapping.gauges[row.output.gauge]
      if (region === undefined) continue
      readings.push({
        region,
        dims: {},
        at: { instant: row.output.at },
        value: row.output.cm,
        unit: 'cm',
        lineage: {
          request: `GET ${source.address}`,
          rawSha256: sha256,
          steps: [{ step: 'read', detail: `gauges[${nth}].cm` }],
        },
      })
    }
    yield { readings, refusals }
  },
})

const ask = (source: Settings, io: Io) => io.http({ method: 'GET', url: source.address })

async function answered(source: Settings, io: Io): Promise<{ body: string; sha256: string }> {
  const { status, headers, body } = await ask(source, io)
  if (status === 200) return { body, sha256: createHash('sha256').update(body).digest('hex') }
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  throw new SourceError(
    `the gauges answered status ${status}`,
    Number.isFinite(seconds) ? seconds * 1000 : undefined,
  )
}

function rowsOf(body: string): unknown[] {
  try {
    return v.parse(AnswerSchema, JSON.parse(body)).gauges
  } catch {
    throw new SourceError('the gauges answered no list of gauges')
  }
}
