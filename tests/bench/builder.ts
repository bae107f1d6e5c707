import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import gcoord from 'gcoord'
import { bytesOfView } from './first-view.ts'
import type { Row } from './statistics.ts'

const root = resolve(import.meta.dirname, '../..')
const BUILDINGS = 50_000
const CENTER = [106.3, 38.2] as const
/** What the machine of a district bureau must do: ten minutes, two gibibytes. */
const MOST_SECONDS = 600
const MOST_MIB = 2048
/** A street seen from 300 m above it. */
const EYE_METRES = 300

/**
 * The base map of a city of 50,000 buildings, from files in GCJ-02 to tiles, by the command itself in a process of its own: wall
 * time, peak memory by the operating system, and the bytes that a browser asks for before it shows a street.
 */
export async function benchBuilder(runs: number, say: (line: string) => void): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'citydeck-builder-'))
  const rows = {
    seconds: [] as number[],
    mebibytes: [] as number[],
    city: [] as number[],
    street: [] as number[],
  }
  try {
    writeCity(join(folder, 'my-data'))
    for (let run = 1; run <= runs; run++) {
      const out = join(folder, `map-${run}`)
      const startedAt = performance.now()
      rows.mebibytes.push(await built(join(folder, 'my-data'), out))
      rows.seconds.push((performance.now() - startedAt) / 1000)
      const files = ['manifest.json', 'regions.geojson', 'buildings/tileset.json']
      rows.city.push(files.reduce((sum, file) => sum + statSync(join(out, file)).size, 0) / 1000)
      rows.street.push(bytesOfView(join(out, 'buildings'), [0, 0, EYE_METRES]).bytes / 1000)
      rmSync(out, { recursive: true })
      say(`run ${run} of ${runs}: ${rows.seconds.at(-1)!.toFixed(1)} s, ${rows.mebibytes.at(-1)} MiB`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const value = (atMost: number) => ({ kind: 'value' as const, atMost })
  return [
    {
      metric: `wall time of ${BUILDINGS} buildings`,
      unit: 's',
      ours: rows.seconds,
      goal: value(MOST_SECONDS),
    },
    { metric: 'peak memory', unit: 'MiB', ours: rows.mebibytes, goal: value(MOST_MIB) },
    { metric: 'bytes of the first view, the whole city', unit: 'kB', ours: rows.city },
    { metric: `bytes of a view ${EYE_METRES} m above a street`, unit: 'kB', ours: rows.street },
  ]
}

/** @returns peak memory of the builder in MiB, as it says itself */
async function built(from: string, out: string): Promise<number> {
  const args = ['--import', 'tsx', 'scripts/city.ts', '--in', from, '--out', out]
  const builder = spawn(process.execPath, args, { cwd: root })
  let said = ''
  builder.stdout.on('data', (chunk) => (said += String(chunk)))
  builder.stderr.on('data', (chunk) => (said += String(chunk)))
  const code = await new Promise((done) => builder.on('exit', done))
  const peak = /peak memory (\d+) MiB/.exec(said)?.[1]
  if (code !== 0 || peak === undefined)
    throw new Error(`the builder ended with ${String(code)}: ${said.slice(-600)}`)
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    layers: { features: number }[]
  }
  if (!manifest.layers.some(({ features }) => features === BUILDINGS))
    throw new Error('buildings are missing')
  return Number(peak)
}

function writeCity(folder: string): void {
  mkdirSync(folder)
  const declared = { source: '测试数据', license: 'test', crs: 'GCJ-02', asOf: '2024-05' }
  const layers = ['boundaries', 'buildings'].map((kind) => ({ kind, file: `${kind}.geojson`, ...declared }))
  // YAML holds JSON.
  writeFileSync(
    join(folder, 'layers.yaml'),
    JSON.stringify({ name: '测试市', mapUse: 'internal', center: CENTER, layers }),
  )
  const half = 0.2
  const corners = [[-half, -half], [half, -half], [half, half], [-half, half], [-half, -half]] as const // prettier-ignore
  const county = feature(corners, CENTER, { code: '640104', name: '甲区' })
  write(join(folder, 'boundaries.geojson'), [county])
  write(
    join(folder, 'buildings.geojson'),
    Array.from({ length: BUILDINGS }, (_, index) => house(index)),
  )
}

/** L-shaped, low, one in twenty a tower, about ninety metres apart. */
function house(index: number): object {
  const [column, row] = [index % 200, Math.floor(index / 200)]
  const size = 0.00012 + ((index * 7919) % 13) * 0.00002
  const shape = [[0, 0], [2, 0], [2, 1], [1, 1], [1, 2], [0, 2], [0, 0]] as const // prettier-ignore
  const at = [CENTER[0] + (column - 100) * 0.001, CENTER[1] + (row - 125) * 0.0008] as const
  const floors = index % 20 === 0 ? 10 + ((index * 7919) % 21) : 3 + (index % 5)
  return feature(
    shape.map(([x, y]) => [x * size, y * size] as const),
    at,
    { floors, name: `${index} 号楼` },
  )
}

function feature(
  shape: readonly (readonly [number, number])[],
  [east, north]: readonly [number, number],
  properties: object,
): object {
  const ring = shape.map(([x, y]) =>
    gcoord.transform<[number, number]>([east + x, north + y], gcoord.WGS84, gcoord.GCJ02),
  )
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
}

function write(path: string, features: readonly object[]): void {
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }))
}
