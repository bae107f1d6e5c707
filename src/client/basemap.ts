import * as v from 'valibot'
import {
  type Basemap,
  BasemapManifestSchema,
  type BasemapRefusal,
  type RegionCollection,
  RegionCollectionSchema,
  refusalsOf,
  shownBy,
  type VectorCollection,
  VectorCollectionSchema,
} from '../domain/basemap.ts'

/** Where a file of a built base map lies; a tileset is loaded by this address. */
export function basemapAddress(city: string, file: string): string {
  return `${import.meta.env.BASE_URL}basemap/${encodeURIComponent(city)}/${file}`
}

/** A base map that may not be shown; whoever shows it says why in the viewer's words. */
export class BasemapRefused extends Error {
  readonly refusals: readonly BasemapRefusal[]
  readonly map: string

  constructor(map: string, refusals: readonly BasemapRefusal[]) {
    super(
      `the base map of ${map} is refused: ${refusals.map(({ layer = map, reason }) => `${layer} (${reason})`).join()}`,
    )
    this.map = map
    this.refusals = refusals
  }
}

/**
 * The built base map of a city: static files beside the app, so the same address with and without a gateway.
 * @throws BasemapRefused, or what kept it from being read
 */
export async function readBasemap(city: string, signal?: AbortSignal): Promise<Basemap> {
  const manifest = v.parse(
    BasemapManifestSchema,
    await readJson(basemapAddress(city, 'manifest.json'), signal),
  )
  const refusals = refusalsOf(manifest)
  if (refusals.length > 0) throw new BasemapRefused(manifest.name, refusals)
  const outlines = manifest.layers.filter((layer) => shownBy(layer) === 'boundaries')
  const read = await Promise.all(outlines.map(({ file }) => readBasemapRegions(city, file, signal)))
  return {
    manifest,
    regions: { type: 'FeatureCollection', features: read.flatMap(({ features }) => features) },
  }
}

/** One layer of kind regions: towns, communities. */
export async function readBasemapRegions(
  city: string,
  file: string,
  signal?: AbortSignal,
): Promise<RegionCollection> {
  return v.parse(RegionCollectionSchema, await readJson(basemapAddress(city, file), signal))
}

/** One layer of kind vector. */
export async function readBasemapVector(
  city: string,
  file: string,
  signal?: AbortSignal,
): Promise<VectorCollection> {
  return v.parse(VectorCollectionSchema, await readJson(basemapAddress(city, file), signal))
}

/** Any other file of a built base map: the tiles of its terrain. */
export async function readBasemapBytes(city: string, file: string): Promise<ArrayBuffer> {
  const address = basemapAddress(city, file)
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return await answer.arrayBuffer()
}

async function readJson(address: string, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(address, { signal: signal ?? null })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return await answer.json()
}
