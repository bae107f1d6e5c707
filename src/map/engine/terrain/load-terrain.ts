import { type TerrainFile, terrainFiles } from './read-terrain.ts'
import { type TerrainField, TerrainSurface } from './terrain-surface.ts'

export interface TerrainJob {
  files: readonly TerrainFile[]
  origin: { longitude: number; latitude: number }
}

/**
 * Reads a terrain tileset, its triangles in a worker of their own: a survey's heights are a million.
 * @param file of the tileset.json @param read bytes of a file
 * @returns undefined where it has no ground to stand on
 * @throws when it cannot be read
 */
export async function loadTerrain(
  file: string,
  origin: TerrainJob['origin'],
  read: (file: string) => Promise<ArrayBuffer>,
): Promise<TerrainSurface | undefined> {
  const files = await terrainFiles(file, read)
  const worker = new Worker(new URL('./terrain-worker.ts', import.meta.url), { type: 'module' })
  try {
    const field = await new Promise<TerrainField | undefined>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<TerrainField | undefined>) => resolve(data))
      worker.addEventListener('error', ({ message }) =>
        reject(new Error(`the terrain could not be read: ${message}`)),
      )
      const job: TerrainJob = { files, origin }
      worker.postMessage(job, { transfer: files.map(({ bytes }) => bytes) })
    })
    return field && new TerrainSurface(field)
  } finally {
    worker.terminate()
  }
}
