import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { EnuMetres, SituationView } from '../../contracts/map-layer.ts'
import { anchorOf } from './feature-shape.ts'
import { onTrack } from './track-position.ts'

type Asset = FeatureOf<'assets'>

/**
 * While the page lives, assets are shown this far behind it: a step of a minute and what a statement takes to come, so that both
 * ends of every leg are known and they move on without a jump.
 */
const BEHIND_MS = 75_000

interface AssetPlace {
  asset: Asset
  at: EnuMetres
  ground: EnuMetres
  /** Degrees clockwise from north: of the leg it is on, or as told where it came to the end of what is known. */
  heading: number
  behind: EnuMetres[]
}

/** Where each is at the map's instant; one without a track stands where its source says. */
export function assetPlaces(view: SituationView): AssetPlace[] {
  const atMs = view.playMs === undefined ? view.atMs : view.playMs - BEHIND_MS
  return view.features('assets').features.flatMap((asset): AssetPlace[] => {
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
