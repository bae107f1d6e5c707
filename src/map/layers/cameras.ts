import { defineMapLayer } from '../../contracts/map-layer.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { positionsOf } from '../../ui/cartography/point-positions.ts'
import { viewCone } from '../../ui/cartography/view-cone.ts'

/** Cameras with the ground they see; one that is off sees none and is grey. */
export default defineMapLayer({
  title: { zh: '视频监控', en: 'Cameras' },
  collections: ['cameras'],
  legend: ({ appearance }) => {
    const { accent, inkFaint } = featureColours[appearance]
    return [
      { text: { zh: '在线摄像机', en: 'Camera online' }, colour: cssColour(accent), form: 'dot' },
      { text: { zh: '可视范围', en: 'Field of view' }, colour: cssColour(accent), form: 'fill' },
      { text: { zh: '离线摄像机', en: 'Camera offline' }, colour: cssColour(inkFaint), form: 'dot' },
    ]
  },
  build(view, kit) {
    const { features } = view.features('cameras')
    if (features.length === 0) return []
    const { accent, inkFaint } = featureColours[view.appearance]
    const online = features.filter(({ properties }) => properties.state === 'online')
    const cones = online.map((camera) => {
      const { heading, angle, range } = camera.properties
      const feature = featureKey('cameras', camera)
      return {
        polygons: [[viewCone(anchorOf(camera.geometry, view.project), heading, angle, range)]],
        fill: withAlpha(accent, feature === view.selectedFeature ? 0.4 : 0.18),
        edge: withAlpha(accent, 0.6),
        edgeWidth: 1,
        feature,
      }
    })
    const colors = features.flatMap(({ properties }) =>
      withAlpha(properties.state === 'online' ? accent : inkFaint, 1),
    )
    return [
      kit.areas({ id: 'cameras-sight', items: cones }),
      kit.dots({
        id: 'cameras-place',
        positions: positionsOf(features, view.project),
        colors: Uint8Array.from(colors),
        size: 6,
        features: features.map((camera) => featureKey('cameras', camera)),
      }),
    ]
  },
  // There are thousands: one is named when somebody asks for it.
  labels: (view) =>
    view
      .features('cameras')
      .features.filter((camera) => featureKey('cameras', camera) === view.selectedFeature)
      .map((camera) => ({
        id: `cameras-${camera.id}`,
        at: anchorOf(camera.geometry, view.project),
        text: camera.properties.name ?? camera.id,
        kind: 'facility' as const,
        priority: labelRank.selected,
        feature: featureKey('cameras', camera),
      })),
})
