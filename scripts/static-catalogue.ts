import { createHash } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { demoOrigin } from '../mock-data/static/demo-io.ts'
import type { StaticCity } from '../mock-data/static/static-city.ts'
import { loadCity } from '../server/city/load-city.ts'
import { adaptersInFolder } from './adapters-in-folder.ts'

const HELP = `node --import tsx scripts/static-catalogue.ts <folder> [city]

Writes <folder>/static/city.json: the city's definitions and the files its sources read, for a build that runs without a
gateway. Credentials are left out: the demo's departments are asked inside the page.`

const root = resolve(import.meta.dirname, '..')

async function main(args: string[]): Promise<void> {
  const [folder, cityId = 'changchun'] = args
  if (folder === undefined || args.includes('--help')) return console.log(HELP)
  const loaded = await loadCity(join(root, 'cities', cityId), await adaptersInFolder())
  if ('errors' in loaded) {
    throw new Error(loaded.errors.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'))
  }
  const features = { ...loaded.features, sources: loaded.features.sources.map(forPage) }
  const city: StaticCity = { ...loaded, sources: loaded.sources.map(forPage), features, files: {} }
  for (const source of city.sources) await carryFile(city, source)
  await mkdir(resolve(folder, 'static'), { recursive: true })
  await writeFile(resolve(folder, 'static/city.json'), JSON.stringify(city))
}

/** The simulator's address in place of a server's, and nobody to prove who we are to. */
function forPage(source: StaticCity['sources'][number]): StaticCity['sources'][number] {
  const { auth: _auth, ...settings } = source.settings
  return {
    ...source,
    settings: JSON.parse(JSON.stringify(settings).replaceAll('${DEMO_UPSTREAM}', demoOrigin)) as Record<
      string,
      unknown
    >,
  }
}

/** The file a source's adapter will ask for, under the name it asks by. */
async function carryFile(city: StaticCity, { id, settings }: StaticCity['sources'][number]): Promise<void> {
  const { folder, file } = settings
  if (typeof folder !== 'string' || typeof file !== 'string') return
  const name = `${folder}/${file}`
  const path = resolve(root, name)
  if (!path.startsWith(`${root}/`)) throw new Error(`source ${id}: ${name} is outside the project folder`)
  const [bytes, { mtime }] = await Promise.all([readFile(path), stat(path)])
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  city.files[name] = { base64: bytes.toString('base64'), sha256, modifiedAt: mtime.toISOString() }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
