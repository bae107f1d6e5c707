import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What each build is made of. cities/ is read at run time and belongs to none. */
const COMMON = ['package-lock.json', 'vite.config.ts', 'tsconfig.json', 'scripts/build.mjs']
const SOURCES = {
  client: [
    ...COMMON,
    'index.html',
    'src',
    'public',
    'scripts/cesium-assets.ts',
    'scripts/compress.mjs',
    'scripts/basemap-recipes.mjs',
    'scripts/city.ts',
    'scripts/city',
  ],
  gateway: [...COMMON, 'server', 'src', 'mock-data'],
}

/** @typedef {keyof typeof SOURCES} Target */

/**
 * One hash over names and bytes of everything a build is made of; tests beside the code do not count.
 * @param {string} root
 * @param {Target} target
 */
export function stampOf(root, target) {
  const hash = createHash('sha256')
  for (const file of SOURCES[target].flatMap((entry) => filesUnder(root, entry)).toSorted()) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    )
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} entry
 * @returns {string[]}
 */
function filesUnder(root, entry) {
  const path = join(root, entry)
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [entry]
  return readdirSync(path, { withFileTypes: true })
    .flatMap((child) =>
      child.isDirectory() ? filesUnder(root, `${entry}/${child.name}`) : [`${entry}/${child.name}`],
    )
    .filter((file) => !file.endsWith('.test.ts'))
}
