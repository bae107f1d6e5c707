import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { errorLine, loadCity } from '../server/city/load-city.ts'
import { variablePattern } from '../server/ingest/settings.ts'
import { createSourceIo, waysOf } from '../server/ingest/source-io.ts'
import type { Io } from '../src/contracts/io.ts'
import { adaptersInFolder } from './adapters-in-folder.ts'
import { recordRead } from './record-read.ts'

const HELP = `Writes one read of a live source as a recording, with every secret replaced by a stand-in.

  npm run record -- <source> <indicator> [--city cities/changchun] [--hours 24] [--set NAME=VALUE ...]

  <source>     id in sources.yaml
  <indicator>  code of an indicator that is mapped to it
  --city       folder of the city
  --hours      length of the window that is read, up to now
  --set        fills \${NAME} in the source's settings
  --help       this text

Secrets are read from SECRET_<NAME>. The recording goes to mock-data/recordings/<adapter>/; look through it before you
commit it: names and numbers of real people may stand in an answer, and only you can tell.`

/** The suite reads a recording some fifty times over; a few pages show all there is to see. */
const mostReadings = 500

const root = fileURLToPath(new URL('..', import.meta.url))

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      city: { type: 'string', default: 'cities/changchun' },
      hours: { type: 'string', default: '24' },
      set: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  })
  const [sourceId, code] = positionals
  if (values.help || sourceId === undefined || code === undefined) {
    process.stdout.write(`${HELP}\n`)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const { path, recording } = await record(sourceId, code, { ...values, hours: Number(values.hours) })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(recording, null, 2)}\n`)
  const { readings, nulls, refusals } = recording.expect
  process.stdout.write(`${path}\n${readings} readings, ${nulls} of them null, ${refusals} refusals\n`)
}

async function record(
  sourceId: string,
  code: string,
  options: { city: string; hours: number; set: string[] },
) {
  const adapters = await adaptersInFolder()
  const city = await loadCity(resolve(root, options.city), adapters)
  if ('errors' in city) throw new Error(city.errors.map(errorLine).join('\n'))
  const source = city.sources.find(({ id }) => id === sourceId)
  const indicator = city.indicators.find((each) => each.code === code)
  const mapped = indicator?.sources.find((each) => each.source === sourceId)
  if (!source || !mapped) throw new Error(`${code} is not mapped to a source ${sourceId} in ${options.city}`)
  const adapter = adapters.get(source.adapter)!
  const settings = filled(source.settings, new Map(options.set.map(nameAndValue)))
  const now = Date.now()
  const window = {
    from: new Date(now - options.hours * 3_600_000).toISOString(),
    to: new Date(now).toISOString(),
  }
  const io = liveIo(v.parse(adapter.settings, settings), city.city.timeZone, now)
  const recording = await recordRead(adapter, { source: settings, mapping: mapped.mapping, window, io })
  if (recording.expect.readings > mostReadings)
    throw new Error(`${recording.expect.readings} readings are more than a recording needs: shorten --hours`)
  const name = `${sourceId}-${code.toLowerCase().replaceAll('.', '-')}.json`
  return { path: resolve(root, 'mock-data/recordings', source.adapter, name), recording }
}

const nameAndValue = (pair: string): [string, string] => [
  pair.split('=')[0] ?? '',
  pair.slice(pair.indexOf('=') + 1),
]

/** The clock stands during the recording, so that a signature made of time and chance can be made again in its replay. */
function liveIo(settings: unknown, timeZone: string, now: number): Io {
  const world = { root, timeZone, now: () => now, secret: (name: string) => process.env[`SECRET_${name}`] }
  return createSourceIo(world, waysOf(settings), AbortSignal.timeout(120_000))
}

function filled(value: unknown, variables: ReadonlyMap<string, string>): Record<string, unknown> {
  const text = JSON.stringify(value).replace(
    variablePattern,
    (whole, name: string) => variables.get(name) ?? whole,
  )
  return JSON.parse(text) as Record<string, unknown>
}

await main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exitCode = 1
})
