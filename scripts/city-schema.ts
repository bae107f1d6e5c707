import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { citySchemas } from '../server/city/json-schema.ts'
import { adaptersInFolder } from './adapters-in-folder.ts'

const HELP = `Writes the JSON Schema of every file of a city to cities/schema/, for editors.

  npm run city-schema [-- --check]

  --check  write nothing, end with 1 when a committed schema is not current
  --help   this text

A city's YAML names its schema in its first line:
  # yaml-language-server: $schema=../../schema/indicators.schema.json`

const folder = fileURLToPath(new URL('../cities/schema/', import.meta.url))

/** Name of each schema file and the text it ought to hold. */
export async function schemaFiles(): Promise<Map<string, string>> {
  const schemas = citySchemas(await adaptersInFolder())
  return new Map([...schemas].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 1)}\n`]))
}

/** Names of the committed schemas that are not what the code says. */
export async function outdatedSchemas(): Promise<string[]> {
  const wanted = await schemaFiles()
  const present = existsSync(folder) ? readdirSync(folder) : []
  const stale = [...wanted].filter(
    ([name, text]) =>
      !present.includes(name) ||
      !isDeepStrictEqual(JSON.parse(readFileSync(join(folder, name), 'utf8')), JSON.parse(text)),
  )
  return [...stale.map(([name]) => name), ...present.filter((name) => !wanted.has(name))]
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  if (values.check) {
    const stale = await outdatedSchemas()
    process.stdout.write(
      stale.length === 0 ? 'current\n' : `not current: ${stale.join(', ')}; run npm run city-schema\n`,
    )
    process.exitCode = stale.length === 0 ? 0 : 1
    return
  }
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of await schemaFiles()) writeFileSync(join(folder, name), text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
