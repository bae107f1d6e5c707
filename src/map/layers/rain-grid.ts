import { defineMapLayer } from '../../contracts/map-layer.ts'
import { cssFill, featureColours } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { forecastEntry, forecastWord } from '../../ui/cartography/forecast.ts'
import { gridAreas } from '../../ui/cartography/grid-areas.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'

/** Least rain of each class in millimetres an hour, its water colour from shallow to deep, and its opacity. */
const CLASSES = [
  { from: 0.1, hue: 0, opacity: 0.2 },
  { from: 2, hue: 0, opacity: 0.42 },
  { from: 8, hue: 1, opacity: 0.5 },
  { from: 20, hue: 2, opacity: 0.62 },
] as const

/** Rain of the hour before in the colours of water, hatched where it is forecast. */
export default defineMapLayer({
  title: { zh: '小时雨量', en: 'Hourly rain' },
  collections: ['rain-grid'],
  legend(view) {
    const { flood } = featureColours[view.appearance]
    const [trace, light, strong, heavy] = CLASSES.map(({ hue, opacity }) => cssFill(flood[hue], opacity))
    return [
      { text: { zh: '小时雨量 ≥ 0.1 mm', en: 'Rain ≥ 0.1 mm/h' }, colour: trace!, form: 'fill' },
      { text: { zh: '小时雨量 ≥ 2 mm', en: 'Rain ≥ 2 mm/h' }, colour: light!, form: 'fill' },
      { text: { zh: '小时雨量 ≥ 8 mm', en: 'Rain ≥ 8 mm/h' }, colour: strong!, form: 'fill' },
      { text: { zh: '小时雨量 ≥ 20 mm', en: 'Rain ≥ 20 mm/h' }, colour: heavy!, form: 'fill' },
      ...forecastEntry('hatch', cssFill(flood[1], 1), view.features('rain-grid')),
    ]
  },
  build(view, kit) {
    const { features, forecast } = view.features('rain-grid')
    const { flood } = featureColours[view.appearance]
    const classes = CLASSES.map(({ from, hue, opacity }) => ({ from, opacity, color: flood[hue] }))
    const items = features.flatMap((grid) =>
      gridAreas(grid, classes, view.project, forecast).map((item) => ({
        ...item,
        feature: featureKey('rain-grid', grid),
      })),
    )
    return items.length === 0 ? [] : [kit.areas({ id: 'rain-grid-hour', items })]
  },
  labels(view) {
    const { features, forecast } = view.features('rain-grid')
    return (forecast ? features : []).map((grid) => ({
      id: `rain-grid-${grid.id}`,
      at: anchorOf(grid.geometry, view.project),
      text: view.text(forecastWord),
      kind: 'note' as const,
      priority: labelRank.note,
    }))
  },
})
