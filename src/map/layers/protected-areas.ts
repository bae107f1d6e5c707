import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { LocalText } from '../../domain/text.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { type Rgb, cssColour } from '../../ui/cartography/map-colours.ts'

type Kind = FeatureOf<'protected-areas'>['properties']['kind']

const names: Readonly<Record<Kind, LocalText>> = {
  'ecological-red-line': { zh: '生态保护红线', en: 'Ecological red line' },
  'permanent-farmland': { zh: '永久基本农田', en: 'Permanent farmland' },
}

function hueOf(kind: Kind, appearance: SituationView['appearance']): Rgb {
  const { series } = featureColours[appearance]
  return kind === 'ecological-red-line' ? series[4] : series[1]
}

/** Land that planning keeps free. A red line is one by name: red itself is kept for warnings. */
export default defineMapLayer({
  title: { zh: '生态保护红线与永久基本农田', en: 'Protected land' },
  collections: ['protected-areas'],
  legend: ({ appearance }) =>
    (['ecological-red-line', 'permanent-farmland'] as const).map((kind) => ({
      text: names[kind],
      colour: cssColour(hueOf(kind, appearance)),
      form: 'fill',
    })),
  build(view, kit) {
    const items = view.features('protected-areas').features.map((area) => {
      const hue = hueOf(area.properties.kind, view.appearance)
      const feature = featureKey('protected-areas', area)
      return {
        polygons: polygonsOf(area.geometry, view.project),
        fill: withAlpha(hue, 0.2),
        edge: withAlpha(hue, 0.9),
        edgeWidth: feature === view.selectedFeature ? 3 : 1.5,
        feature,
      }
    })
    return items.length === 0 ? [] : [kit.areas({ id: 'protected-areas-land', items })]
  },
  labels: (view) =>
    view.features('protected-areas').features.map((area) => ({
      id: `protected-areas-${area.id}`,
      at: anchorOf(area.geometry, view.project),
      text: area.properties.name ?? view.text(names[area.properties.kind]),
      kind: 'note' as const,
      priority:
        featureKey('protected-areas', area) === view.selectedFeature ? labelRank.selected : labelRank.note,
      feature: featureKey('protected-areas', area),
    })),
})
