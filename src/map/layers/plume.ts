import { defineMapLayer, type EnuMetres, type SituationView } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { LocalText } from '../../domain/text.ts'
import { withAlpha } from '../../ui/cartography/feature-colours.ts'
import { featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { areaFill, saidOf } from '../../ui/cartography/forecast.ts'
import { hazardColours } from '../../ui/cartography/hazard-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { plumeTips } from '../../ui/cartography/plume-tips.ts'

type Footprint = FeatureOf<'plume'>
interface Style {
  level: 1 | 2 | 3
  opacity: number
  width: number
  dash?: readonly [number, number]
}

const styles: Readonly<Record<Footprint['properties']['threshold'], Style>> = {
  'AEGL-1': { level: 3, opacity: 0.16, width: 2, dash: [3, 7] },
  'AEGL-2': { level: 2, opacity: 0.26, width: 2.5, dash: [12, 6] },
  'AEGL-3': { level: 1, opacity: 0.46, width: 3 },
}
const actions: Readonly<Record<'evacuate' | 'shelter', { glyph: LocalText; text: LocalText }>> = {
  evacuate: { glyph: { zh: '撤', en: '撤' }, text: { zh: '立即撤离', en: 'Evacuate now' } },
  shelter: { glyph: { zh: '避', en: '避' }, text: { zh: '就地（室内）避险', en: 'Shelter indoors' } },
}

/** Footprints of a release by threshold, the widest lowest; at each tip stands what to do, not a concentration. */
export default defineMapLayer({
  title: { zh: '毒气扩散范围', en: 'Toxic plume' },
  collections: ['plume'],
  legend: ({ appearance }) => {
    const colour = (level: 1 | 2 | 3): string => cssColour(hazardColours[appearance].line[level])
    return [
      { text: { zh: 'AEGL-3 危及生命', en: 'AEGL-3 life-threatening' }, colour: colour(1), form: 'line' },
      { text: { zh: 'AEGL-2 严重伤害', en: 'AEGL-2 lasting harm' }, colour: colour(2), form: 'dash' },
      { text: { zh: 'AEGL-1 明显不适', en: 'AEGL-1 discomfort' }, colour: colour(3), form: 'dash' },
    ]
  },
  build(view, kit) {
    const { forecast } = view.features('plume')
    const { fill, line } = hazardColours[view.appearance]
    const items = nested(view).map(({ feature, polygons }) => {
      const { level, opacity, width, dash } = styles[feature.properties.threshold]
      return {
        polygons,
        ...areaFill(withAlpha(fill[level], opacity + (forecast ? 0.3 : 0)), forecast),
        edge: withAlpha(line[level], 1),
        edgeWidth: width,
        ...(dash ? { dash } : {}),
        feature: featureKey('plume', feature),
      }
    })
    return items.length === 0 ? [] : [kit.areas({ id: 'plume-footprint', items })]
  },
  labels(view) {
    const known = view.features('plume')
    const footprints = nested(view).filter(({ polygons }) => polygons.length > 0)
    const tips = plumeTips(footprints.map(({ polygons }) => polygons[0]![0]!))
    return footprints.flatMap(({ feature }, index) => {
      const { action, threshold } = feature.properties
      if (!action) return []
      const { level } = styles[threshold]
      return [
        {
          id: `plume-${feature.id}`,
          at: tips[index]!,
          text: saidOf(view.text(actions[action].text), view, known),
          kind: 'note' as const,
          priority: labelRank.hazard - level / 10,
          badge: { glyph: actions[action].glyph.zh, tone: level },
          feature: featureKey('plume', feature),
        },
      ]
    })
  },
})

function nested(view: SituationView): { feature: Footprint; polygons: EnuMetres[][][] }[] {
  return view
    .features('plume')
    .features.toSorted((a, b) => styles[b.properties.threshold].level - styles[a.properties.threshold].level)
    .map((feature) => ({ feature, polygons: polygonsOf(feature.geometry, view.project) }))
}
