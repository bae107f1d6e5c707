import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Base maps in a folder whose manifest says how the layers that were left out are made, and the arguments that make them.
 * @param {string} folder
 * @returns {{ name: string, out: string, args: string[] }[]}
 */
export function recipesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const manifest = join(folder, name, 'manifest.json')
    if (!existsSync(manifest)) return []
    const { recipe } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (!recipe || recipe.without.length === 0) return []
    const { adcode, seed, buildings } = recipe
    const args = ['--adcode', adcode, '--seed', String(seed), '--buildings', String(buildings)]
    return [{ name, out: join(folder, name), args }]
  })
}
