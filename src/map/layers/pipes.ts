import type { LineItem } from '../../contracts/map-kit.ts'
import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, pathsOf } from '../../ui/cartography/feature-shape.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { type Rgb, cssColour } from '../../ui/cartography/map-colours.ts'

type PipeKind = FeatureOf<'pipes'>['properties']['kind']

/** Kinds by hue; none is an alarm hue, whatever the trade paints its drawings with. */
function hues(appearance: SituationView['appearance']): Record<PipeKind, Rgb> {
  const { series, flood } = featureColours[appearance]
  return {
    water: flood[1],
    rain: flood[0],
    sewage: series[3],
    gas: series[2],
    heat: series[1],
    telecom: series[4],
  }
}

/** Pipes below the ground as tubes of their own width, deepest first; only when the viewer looks below. */
export default defineMapLayer({
  title: { zh: '地下管线', en: 'Pipes' },
  collections: ['pipes'],
  legend: ({ appearance }) => {
    const hue = hues(appearance)
    return [
      { text: { zh: '给水', en: 'Water' }, colour: cssColour(hue.water), form: 'line' },
      { text: { zh: '雨水', en: 'Rainwater' }, colour: cssColour(hue.rain), form: 'line' },
      { text: { zh: '污水', en: 'Sewage' }, colour: cssColour(hue.sewage), form: 'line' },
      { text: { zh: '燃气', en: 'Gas' }, colour: cssColour(hue.gas), form: 'line' },
      { text: { zh: '热力', en: 'Heat' }, colour: cssColour(hue.heat), form: 'line' },
      { text: { zh: '通信', en: 'Telecom' }, colour: cssColour(hue.telecom), form: 'line' },
    ]
  },
  build(view, kit) {
    if (!view.underground) return []
    const hue = hues(view.appearance)
    const { ink } = featureColours[view.appearance]
    const items = view
      .features('pipes')
      .features.toSorted((a, b) => b.properties.depth - a.properties.depth)
      .flatMap((pipe): LineItem[] => {
        const { kind, diameter, depth } = pipe.properties
        const feature = featureKey('pipes', pipe)
        const chosen = feature === view.selectedFeature
        return pathsOf(pipe.geometry, view.project, -depth).map((path) => ({
          path,
          color: withAlpha(chosen ? ink : hue[kind], 1),
          width: chosen ? 4 : 2,
          diameter,
          feature,
        }))
      })
    return items.length === 0 ? [] : [kit.lines({ id: 'pipes-tube', items })]
  },
  labels: (view) =>
    (view.underground ? view.features('pipes').features : [])
      .filter((pipe) => featureKey('pipes', pipe) === view.selectedFeature)
      .map((pipe) => ({
        id: `pipes-${pipe.id}`,
        at: anchorOf(pipe.geometry, view.project),
        text: pipe.properties.name ?? pipe.id,
        kind: 'note' as const,
        priority: labelRank.selected,
        feature: featureKey('pipes', pipe),
      })),
})
