import type { MapPlan } from '../build-map.ts'
import { cityFolder, cityName, cityYaml, placesOf } from './sources.ts'
import { sketchSteps } from './sketch-steps.ts'

/** A city by its code: what the packages know of it, and what is sketched. */
export function sketchPlan(from: {
  adcode: string
  seed: number
  buildings: number
  without: readonly string[]
}): MapPlan {
  const { adcode, seed, buildings, without } = from
  const name = cityName(adcode)
  if (name === undefined) throw new Error(`--adcode ${adcode}: no city has this code`)
  const folder = cityFolder(adcode)
  const city = folder === undefined ? undefined : cityYaml(folder)
  const [seat] = placesOf(adcode)
  const place = city?.center ?? (seat && { longitude: seat.at[0], latitude: seat.at[1] })
  if (!place)
    throw new Error(`--adcode ${adcode}: GeoNames has no place of ${name}, so its middle is not known`)
  const center: [number, number] = [place.longitude, place.latitude]
  const groundHeight = Math.round(seat?.height ?? 0)
  return {
    folder: folder ?? adcode,
    manifest: {
      city: adcode,
      name,
      center,
      mapUse: 'demo',
      // No sketch is ever submitted.
      mapApproval: null,
      groundHeight,
      recipe: { adcode, seed, buildings, without: [...without] },
    },
    steps: sketchSteps({ adcode, seed, buildings, center, groundHeight, without }),
  }
}
