import type { AreaItem, LineItem } from '../../contracts/map-kit.ts'
import { defineMapLayer } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { LocalText } from '../../domain/text.ts'
import { headingArrow } from '../../ui/cartography/arrow-head.ts'
import { assetPlaces } from '../../ui/cartography/asset-places.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { featureKey } from '../../ui/cartography/feature-shape.ts'
import { saidOf } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { meshOf } from '../../ui/cartography/mesh-builder.ts'
import { viewCone } from '../../ui/cartography/view-cone.ts'

type Asset = FeatureOf<'assets'>

const glyphs: Readonly<Record<Asset['properties']['kind'], LocalText>> = {
  drone: { zh: '机', en: '机' },
  boat: { zh: '船', en: '船' },
  vehicle: { zh: '车', en: '车' },
}
const states: Readonly<Record<Asset['properties']['state'], LocalText>> = {
  standby: { zh: '待命', en: 'standby' },
  'under-way': { zh: '前往', en: 'under way' },
  'on-task': { zh: '作业', en: 'on task' },
  returning: { zh: '返航', en: 'returning' },
  'lost-link': { zh: '失联', en: 'lost link' },
}

/** Drones, boats and vehicles exactly where the map's instant finds them: the way behind, the heading, what they see. */
export default defineMapLayer({
  title: { zh: '移动装备', en: 'Moving assets' },
  collections: ['assets'],
  moves: true,
  legend: ({ appearance }) => {
    const { ink, accent } = featureColours[appearance]
    return [
      { text: { zh: '无人机', en: 'Drone' }, colour: cssColour(ink), form: 'badge', glyph: glyphs.drone.zh },
      { text: { zh: '已收到的航迹', en: 'Track as received' }, colour: cssColour(accent), form: 'line' },
      { text: { zh: '视场', en: 'Field of view' }, colour: cssColour(accent), form: 'fill' },
      {
        text: { zh: '失联前航迹', en: 'Track until the link was lost' },
        colour: cssColour(ink),
        form: 'dash',
      },
    ]
  },
  build(view, kit) {
    const { ink, accent } = featureColours[view.appearance]
    const assets = assetPlaces(view.features('assets').features, view)
    if (assets.length === 0) return []
    const cones = assets.flatMap(({ asset, ground, heading }): AreaItem[] => {
      const { view: sight, state } = asset.properties
      // What waits or has lost its link shows nothing to anybody.
      if (!sight || state === 'lost-link' || state === 'standby') return []
      return [
        {
          polygons: [[viewCone(ground, heading, sight.angle, sight.range)]],
          fill: withAlpha(accent, 0.16),
          edge: withAlpha(accent, 0.7),
          edgeWidth: 1,
        },
      ]
    })
    const ways = assets.flatMap(({ asset, behind }): LineItem[] => {
      if (behind.length < 2) return []
      const lost = asset.properties.state === 'lost-link'
      const color = lost ? withAlpha(ink, 0.8) : withAlpha(accent, 0.8)
      const feature = featureKey('assets', asset)
      return [{ path: behind, color, width: 2, feature, ...(lost ? { dash: [7, 7] as const } : {}) }]
    })
    const arrows = assets.flatMap(({ at, heading }) => headingArrow(at, heading, ink, 18))
    return [
      kit.areas({ id: 'assets-sight', items: cones }),
      kit.lines({ id: 'assets-track', items: ways }),
      kit.dots({
        id: 'assets-place',
        positions: Float32Array.from(assets.flatMap(({ at }) => at)),
        colors: Uint8Array.from(assets.flatMap(() => withAlpha(accent, 1))),
        size: 7,
        features: assets.map(({ asset }) => featureKey('assets', asset)),
      }),
      kit.mesh({ id: 'assets-heading', solid: false, ...meshOf(arrows) }),
    ]
  },
  labels(view) {
    const known = view.features('assets')
    return assetPlaces(known.features, view).map(({ asset, at }) => {
      const { kind, mission, name, state } = asset.properties
      const key = featureKey('assets', asset)
      const chosen = key === view.selectedFeature
      // One that waits may have waiting as its mission.
      const words = new Set([chosen ? name : '', mission, view.text(states[state])])
      return {
        id: `assets-${asset.id}`,
        at,
        lift: 12,
        text: saidOf([...words].filter(Boolean).join(' · '), view, known),
        kind: 'force' as const,
        priority: chosen ? labelRank.selected : labelRank.force - 1,
        badge: { glyph: glyphs[kind].zh, tone: 'force' as const },
        feature: key,
      }
    })
  },
})
