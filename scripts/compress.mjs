import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const asGzip = promisify(gzip)
const asBrotli = promisify(brotliCompress)

const TEXT = /\.(js|mjs|css|html|json|geojson|svg|wasm|txt|xml|webmanifest|bin|glb)$/
/** Below this a packet carries the file anyway. */
const LEAST_BYTES = 1024
/** zlib runs on libuv's four threads; more at once only holds memory. */
const AT_ONCE = 4

/**
 * Writes .gz and .br beside every text file of a built app, so that the gateway serves bytes and never compresses.
 * @param {string} folder
 * @returns {Promise<{ files: number, bytes: number, gzip: number, brotli: number }>}
 */
export async function compressFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const waiting = entries
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const total = { files: 0, bytes: 0, gzip: 0, brotli: 0 }
  const work = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const raw = await readFile(file)
      if (raw.length < LEAST_BYTES) continue
      const [zipped, brotli] = await Promise.all([
        asGzip(raw, { level: 9 }),
        asBrotli(raw, brotliFor(raw.length)),
      ])
      await Promise.all([writeFile(`${file}.gz`, zipped), writeFile(`${file}.br`, brotli)])
      total.files += 1
      total.bytes += raw.length
      total.gzip += zipped.length
      total.brotli += brotli.length
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return total
}

/** @param {number} size */
function brotliFor(size) {
  return { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: size } }
}
