import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { packDiff } from '../src/domain/pack-diff.ts'
import { errorLine, loadCity } from '../server/city/load-city.ts'
import { readPack } from '../server/packs/pack-file.ts'
import { adaptersInFolder } from './adapters-in-folder.ts'

const help = `Packs of indicators as files: one file of a city's indicators/ is one pack.

  npm run pack -- export <id> [file] [--city changchun]   write the pack to a file, or to standard output
  npm run pack -- import <file> [--city changchun]        check the city with this pack and put it in place
  npm run pack -- diff <file> <file>                      what changed from the first to the second

A running gateway takes an imported pack at once, marks what changed as 口径调整 and keeps the old bytes.

Exit code: 0 done, 1 refused or (diff) different, 2 not understood.`

process.exitCode = await main(process.argv.slice(2))

async function main(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { city: { type: 'string', default: 'changchun' }, help: { type: 'boolean', short: 'h' } },
  })
  const [verb, first, second] = positionals
  if (values.help) return say(help, 0)
  const folder = /[./]/.test(values.city) ? resolve(values.city) : resolve('cities', values.city)
  if (verb === 'export' && first !== undefined) return exportPack(folder, first, second)
  if (verb === 'import' && first !== undefined) return importPack(folder, first)
  if (verb === 'diff' && first !== undefined && second !== undefined) return diffPacks(first, second)
  return say(help, 2)
}

/** The file of the pack, by its head; undefined where the city has none. */
async function pathOf(folder: string, id: string): Promise<string | undefined> {
  const names = (await readdir(join(folder, 'indicators'))).filter((name) => name.endsWith('.yaml'))
  for (const name of names) {
    const path = join(folder, 'indicators', name)
    const read = readPack(path, await readFile(path, 'utf8'))
    if ('pack' in read && read.pack.id === id) return path
  }
  return undefined
}

async function exportPack(folder: string, id: string, file: string | undefined): Promise<number> {
  const path = await pathOf(folder, id)
  if (path === undefined) return say(`${folder} has no pack ${id}`, 1)
  const text = await readFile(path, 'utf8')
  if (file === undefined) return say(text.replace(/\n$/, ''), 0)
  await writeFile(file, text)
  return say(`${id} is in ${file}`, 0)
}

/** Nothing is written before the whole city holds together with it. */
async function importPack(folder: string, file: string): Promise<number> {
  const text = await readFile(file, 'utf8')
  const read = readPack(file, text)
  if ('errors' in read) return say(read.errors.map(errorLine).join('\n'), 1)
  const target = (await pathOf(folder, read.pack.id)) ?? join(folder, 'indicators', `${read.pack.id}.yaml`)
  const trial = await mkdtemp(join(tmpdir(), 'citydeck-pack-'))
  try {
    await cp(folder, trial, { recursive: true })
    await writeFile(join(trial, target.slice(folder.length)), text)
    const loaded = await loadCity(trial, await adaptersInFolder())
    if ('errors' in loaded) return say(loaded.errors.map(errorLine).join('\n'), 1)
  } finally {
    await rm(trial, { recursive: true, force: true })
  }
  const before = existsSync(target) ? readPack(target, await readFile(target, 'utf8')) : undefined
  const changes = packDiff(before && 'indicators' in before ? before.indicators : [], read.indicators)
  await writeFile(`${target}.part`, text)
  await rename(`${target}.part`, target)
  return say(`${read.pack.id} version ${read.pack.version} is in ${target}: ${changes.length} changes`, 0)
}

async function diffPacks(from: string, to: string): Promise<number> {
  const [old, now] = await Promise.all(
    [from, to].map(async (file) => readPack(file, await readFile(file, 'utf8'))),
  )
  if ('errors' in old!) return say(old.errors.map(errorLine).join('\n'), 1)
  if ('errors' in now!) return say(now.errors.map(errorLine).join('\n'), 1)
  const changes = packDiff(old!.indicators, now!.indicators)
  const lines = changes.map(({ code, field, from: was, to: is }) => `${code} ${field}\n  - ${was}\n  + ${is}`)
  return changes.length === 0 ? say('no difference', 0) : say(lines.join('\n'), 1)
}

function say(text: string, code: number): number {
  process.stdout.write(`${text}\n`)
  return code
}
