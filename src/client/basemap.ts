import * as v from 'valibot'
import { type Basemap, BasemapManifestSchema, RegionCollectionSchema } from '../domain/basemap.ts'

/** The built base map of a city: static files beside the app, so the same address with and without a gateway. */
export async function readBasemap(city: string, signal?: AbortSignal): Promise<Basemap> {
  const folder = `${import.meta.env.BASE_URL}basemap/${encodeURIComponent(city)}`
  const [manifest, regions] = await Promise.all([
    readJson(`${folder}/manifest.json`, signal),
    readJson(`${folder}/regions.geojson`, signal),
  ])
  return {
    manifest: v.parse(BasemapManifestSchema, manifest),
    regions: v.parse(RegionCollectionSchema, regions),
  }
}

async function readJson(address: string, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(address, { signal: signal ?? null })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return await answer.json()
}
