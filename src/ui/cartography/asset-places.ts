import type { PropertiesOf } from '../../domain/feature-kinds.ts'
import type { MapFeature } from '../../domain/map-feature.ts'
import { anchorOf, type Metres, type Project } from './feature-shape.ts'
import { onTrack } from './track-position.ts'

type Tracked = Pick<MapFeature, 'geometry'> & {
  properties: Pick<PropertiesOf<'assets'>, 'track' | 'heading'>
}

interface Instant {
  atMs: number
  playMs?: number | undefined
  project: Project
}

/**
 * While the page lives, assets are shown this far behind it: a step of a minute and what a statement takes to come, so that both
 * ends of every leg are known and they move on without a jump.
 */
const BEHIND_MS = 75_000

interface AssetPlace<Asset> {
  asset: Asset
  at: Metres
  ground: Metres
  /** Degrees clockwise from north: of the leg it is on, or as told where it came to the end of what is known. */
  heading: number
  behind: Metres[]
}

/** Where each is at the map's instant; one without a track stands where its source says. */
export function assetPlaces<Asset extends Tracked>(
  assets: readonly Asset[],
  view: Instant,
): AssetPlace<Asset>[] {
  const atMs = view.playMs === undefined ? view.atMs : view.playMs - BEHIND_MS
  return assets.flatMap((asset): AssetPlace<Asset>[] => {
    const { track, heading } = asset.properties
    if (track.length === 0) {
      const at = anchorOf(asset.geometry, view.project)
      return [{ asset, at, ground: at, heading, behind: [] }]
    }
    // One that set off a moment ago waits where it did until the picture comes to it.
    const found = onTrack(track, view.playMs === undefined ? atMs : Math.max(atMs, track[0]![3]))
    if (!found) return []
    const [longitude, latitude] = found.at
    return [
      {
        asset,
        at: view.project(...found.at),
        ground: view.project(longitude, latitude, 0),
        heading: found.heading ?? heading,
        behind: found.behind.map((place) => view.project(...place)),
      },
    ]
  })
}
