import { defineMapLayer } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { LocalText } from '../../domain/text.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { saidOf } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { evenColours, positionsOf } from '../../ui/cartography/point-positions.ts'

type Force = FeatureOf<'forces'>['properties']

const glyphs: Readonly<Record<Force['kind'], LocalText>> = {
  fire: { zh: '消', en: '消' },
  medical: { zh: '医', en: '医' },
  engineering: { zh: '工', en: '工' },
  flood: { zh: '汛', en: '汛' },
  traffic: { zh: '交', en: '交' },
  volunteer: { zh: '志', en: '志' },
}
const states: Readonly<Record<Force['state'], LocalText>> = {
  standby: { zh: '待命', en: 'standby' },
  moving: { zh: '在途', en: 'under way' },
  'on-site': { zh: '在场', en: 'on site' },
}
const strength: LocalText = { zh: '人数', en: 'Strength' }
/** How far above its place a chip hangs on its leader, in u. */
const LEADER = 30

/** Response units: a dot where they are, and a chip on a leader that says who, how many and how far. */
export default defineMapLayer({
  title: { zh: '救援力量', en: 'Response units' },
  collections: ['forces'],
  legend: ({ appearance }) => [
    {
      text: { zh: '救援力量', en: 'Response unit' },
      colour: cssColour(featureColours[appearance].ink),
      form: 'badge',
      glyph: glyphs.fire.zh,
    },
  ],
  build(view, kit) {
    const { features } = view.features('forces')
    if (features.length === 0) return []
    return [
      kit.dots({
        id: 'forces-place',
        positions: positionsOf(features, view.project),
        colors: evenColours(features.length, withAlpha(featureColours[view.appearance].ink, 1)),
        size: 4,
        features: features.map((feature) => featureKey('forces', feature)),
      }),
    ]
  },
  labels(view) {
    const known = view.features('forces')
    return known.features.map((feature) => {
      const { kind, people: count, state, name } = feature.properties
      const key = featureKey('forces', feature)
      const chosen = key === view.selectedFeature
      // A chip is short; the one that was picked says its name.
      const called = chosen && name ? name : ''
      const doing = saidOf(view.text(states[state]), view, known)
      return {
        id: `forces-${feature.id}`,
        at: anchorOf(feature.geometry, view.project),
        lift: LEADER,
        text: [called, doing].filter(Boolean).join(' · '),
        said: [called, { property: 'people', name: strength, value: count, unit: '{person}' }, doing],
        kind: 'force' as const,
        // Those who move or work before those who wait.
        priority: chosen ? labelRank.selected : labelRank.force - (state === 'standby' ? 10 : 0),
        badge: { glyph: glyphs[kind].zh, tone: 'force' as const },
        feature: key,
      }
    })
  },
})
