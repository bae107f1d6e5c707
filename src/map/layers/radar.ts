import { defineMapLayer } from '../../contracts/map-layer.ts'
import { cssFill, featureColours } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { forecastEntry, forecastWord } from '../../ui/cartography/forecast.ts'
import { gridAreas } from '../../ui/cartography/grid-areas.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'

/** Least reflectivity of each class in dBZ, with its opacity. */
const CLASSES = [
  { from: 15, opacity: 0.3 },
  { from: 25, opacity: 0.42 },
  { from: 35, opacity: 0.54 },
  { from: 45, opacity: 0.66 },
] as const

/** Radar echoes in one hue: the usual rainbow would read as four warnings. */
export default defineMapLayer({
  title: { zh: '雷达回波', en: 'Radar' },
  collections: ['radar'],
  legend(view) {
    const { ramp } = featureColours[view.appearance]
    const [weak, fair, strong, severe] = CLASSES.map(({ opacity }, index) =>
      cssFill(ramp[index + 1]!, opacity),
    )
    return [
      { text: { zh: '回波 ≥ 15 dBZ', en: 'Echo ≥ 15 dBZ' }, colour: weak!, form: 'fill' },
      { text: { zh: '回波 ≥ 25 dBZ', en: 'Echo ≥ 25 dBZ' }, colour: fair!, form: 'fill' },
      { text: { zh: '回波 ≥ 35 dBZ', en: 'Echo ≥ 35 dBZ' }, colour: strong!, form: 'fill' },
      { text: { zh: '回波 ≥ 45 dBZ', en: 'Echo ≥ 45 dBZ' }, colour: severe!, form: 'fill' },
      ...forecastEntry('hatch', cssFill(ramp[3], 1), view.features('radar')),
    ]
  },
  build(view, kit) {
    const { features, forecast } = view.features('radar')
    const { ramp } = featureColours[view.appearance]
    const classes = CLASSES.map((one, index) => ({ ...one, color: ramp[index + 1]! }))
    const items = features.flatMap((grid) =>
      gridAreas(grid, classes, view.project, forecast).map((item) => ({
        ...item,
        feature: featureKey('radar', grid),
      })),
    )
    return items.length === 0 ? [] : [kit.areas({ id: 'radar-echo', items })]
  },
  labels(view) {
    const { features, forecast } = view.features('radar')
    return (forecast ? features : []).map((grid) => ({
      id: `radar-${grid.id}`,
      at: anchorOf(grid.geometry, view.project),
      text: view.text(forecastWord),
      kind: 'note' as const,
      priority: labelRank.note,
    }))
  },
})
