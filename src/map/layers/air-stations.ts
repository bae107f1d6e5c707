import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import type { LocalText } from '../../domain/text.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { positionsOf } from '../../ui/cartography/point-positions.ts'

const INDICATOR = 'ECO.AIR.STATION'
/** Upper bounds of 优 and 良 (HJ 633); what lies above is 污染. */
const [GOOD, FAIR] = [50, 100]
const noData: LocalText = { zh: '监测点无数据', en: 'Station without data' }

/** Air monitoring stations: one hue, brighter for more; the index itself is the station's own figure. */
export default defineMapLayer({
  title: { zh: '空气监测点', en: 'Air stations' },
  standing: 'always',
  collections: ['air-stations'],
  indicators: [INDICATOR],
  legend(view) {
    const { ramp, inkFaint } = featureColours[view.appearance]
    const silent = view
      .features('air-stations')
      .features.some(({ properties }) => typeof observed(view, properties.station)?.value !== 'number')
    return [
      { text: { zh: '空气优', en: 'Air excellent' }, colour: cssColour(ramp[2]), form: 'dot' },
      { text: { zh: '空气良', en: 'Air good' }, colour: cssColour(ramp[3]), form: 'dot' },
      { text: { zh: '空气污染', en: 'Air polluted' }, colour: cssColour(ramp[4]), form: 'dot' },
      ...(silent ? [{ text: noData, colour: cssColour(inkFaint), form: 'dot' as const }] : []),
    ]
  },
  build(view, kit) {
    const { features } = view.features('air-stations')
    if (features.length === 0) return []
    const colors = features.flatMap(({ properties }) => [...colourOf(view, properties.station)])
    return [
      kit.dots({
        id: 'air-stations-place',
        positions: positionsOf(features, view.project),
        colors: Uint8Array.from(colors),
        size: 13,
        features: features.map((feature) => featureKey('air-stations', feature)),
      }),
    ]
  },
  labels: (view) =>
    view.features('air-stations').features.flatMap((feature) => {
      const { station, name } = feature.properties
      const observation = observed(view, station)
      const key = featureKey('air-stations', feature)
      const chosen = key === view.selectedFeature
      const place = { at: anchorOf(feature.geometry, view.project), feature: key }
      const named = {
        ...place,
        id: `air-stations-name-${feature.id}`,
        text: name ?? station,
        kind: 'place' as const,
        priority: chosen ? labelRank.selected : labelRank.name,
      }
      if (!observation || observation.value === null) return [named]
      return [
        {
          ...place,
          id: `air-stations-${feature.id}`,
          text: view.format(INDICATOR, observation.value),
          kind: 'value' as const,
          lift: 6,
          // Of the two of a chosen station the figure stays, as everywhere.
          priority: chosen ? labelRank.selected + 1 : labelRank.figure,
          observation,
        },
        named,
      ]
    }),
})

function observed(view: SituationView, station: string) {
  return view.latest(INDICATOR, view.city, { station })
}

function colourOf(view: SituationView, station: string) {
  const { ramp, inkFaint } = featureColours[view.appearance]
  const value = observed(view, station)?.value
  if (value === null || value === undefined) return withAlpha(inkFaint, 1)
  return withAlpha(value <= GOOD ? ramp[2] : value <= FAIR ? ramp[3] : ramp[4], 1)
}
