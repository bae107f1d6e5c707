import { resolve } from 'node:path'
import { buildMap } from './city/build-map.ts'
import { HELP, readOptions } from './city/options.ts'
import { duration, progressOn } from './city/progress.ts'
import { whereServed } from './city/where-served.ts'

const root = resolve(import.meta.dirname, '..')

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const startedMs = performance.now()
  const progress = progressOn(process.stdout, () => performance.now())
  try {
    const options = readOptions(args)
    if (!options) {
      progress.say(HELP)
      return 0
    }
    const { out, manifest, skipped } = await buildMap(options, progress)
    for (const layer of manifest.layers) {
      const marks = [layer.mark, layer.provenance, layer.license].filter((mark) => mark !== undefined)
      const size = `${(layer.bytes / 1e6).toFixed(2)} MB`.padStart(9)
      progress.say(
        `  ${layer.id.padEnd(10)} ${String(layer.features).padStart(8)} ${size}  ${marks.join(', ')}`,
      )
      if (layer.sensitiveDropped > 0)
        progress.say(`    ${layer.sensitiveDropped} of sensitive kinds left out`)
      if (layer.repaired) progress.say(`    repaired: ${layer.repaired.slice(0, 8).join(' ')}`)
      for (const { id, reason } of layer.refused?.slice(0, 8) ?? [])
        progress.say(`    left out ${id}: ${reason}`)
    }
    const memory = Math.round(process.resourceUsage().maxRSS / 1024)
    const before = skipped.length > 0 ? `, as before: ${skipped.join(' ')}` : ''
    progress.say(
      `${manifest.name}: ${out} in ${duration(performance.now() - startedMs)}, peak memory ${memory} MiB${before}`,
    )
    progress.say(whereServed(out, root))
    return 0
  } catch (error) {
    progress.say(error instanceof Error ? error.message : String(error))
    return 1
  }
}
