import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Base maps in a folder that were kept small by leaving out their sketched buildings, and the arguments that add them.
 * @param {string} folder
 * @returns {{ name: string, out: string, args: string[] }[]}
 */
export function recipesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const manifest = join(folder, name, 'manifest.json')
    if (!existsSync(manifest)) return []
    const { recipe } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (!recipe?.without.includes('buildings')) return []
    const { adcode, seed, buildings } = recipe
    const without = recipe.without.filter((/** @type {string} */ id) => id !== 'buildings').join()
    const args = [
      '--adcode',
      adcode,
      '--seed',
      String(seed),
      '--buildings',
      String(buildings),
      '--without',
      without,
    ]
    return [{ name, out: join(folder, name), args }]
  })
}
