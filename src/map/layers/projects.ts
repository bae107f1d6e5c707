import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import { landTaken } from '../../domain/area-conflict.ts'
import type { LocalText } from '../../domain/text.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { saidOf } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { onceForLists } from '../../ui/cartography/once-for-lists.ts'

type Project = FeatureOf<'projects'>

const states: Readonly<Record<Project['properties']['state'], LocalText>> = {
  planned: { zh: '规划', en: 'planned' },
  approved: { zh: '已批', en: 'approved' },
  building: { zh: '在建', en: 'building' },
}
const glyph: LocalText = { zh: '冲', en: '冲' }
const overlap: LocalText = { zh: '占用保护范围', en: 'overlaps protected land by' }
const overlapped: LocalText = { zh: '占用保护范围面积', en: 'Protected land overlapped' }

/** Checking every pair of areas is too much to do again whenever the pointer moves. */
const takenBy = onceForLists(landTaken)

/** Planned and running projects; one that overlaps protected land carries a mark and says by how much. */
export default defineMapLayer({
  title: { zh: '建设项目', en: 'Projects' },
  collections: ['projects', 'protected-areas'],
  legend: ({ appearance }) => {
    const { series, ink } = featureColours[appearance]
    return [
      { text: { zh: '建设项目', en: 'Project' }, colour: cssColour(series[2]), form: 'fill' },
      {
        text: { zh: '与保护范围重叠', en: 'Overlaps protected land' },
        colour: cssColour(ink),
        form: 'badge',
        glyph: glyph.zh,
      },
    ]
  },
  build(view, kit) {
    const { series, ink } = featureColours[view.appearance]
    const taken = overlaps(view)
    const items = view.features('projects').features.map((project) => {
      const conflict = taken.has(project.id)
      return {
        polygons: polygonsOf(project.geometry, view.project),
        fill: withAlpha(series[2], 0.28),
        edge: withAlpha(conflict ? ink : series[2], 1),
        edgeWidth: conflict ? 3 : 1.5,
        feature: featureKey('projects', project),
      }
    })
    return items.length === 0 ? [] : [kit.areas({ id: 'projects-site', items })]
  },
  labels(view) {
    const [taken, known] = [overlaps(view), view.features('projects')]
    return known.features.map((project) => {
      const { name, state } = project.properties
      const key = featureKey('projects', project)
      const squareMetres = taken.get(project.id)
      const taking = squareMetres === undefined ? '' : view.text(overlap)
      const words = [name ?? '', saidOf(view.text(states[state]), view, known), taking].filter(Boolean)
      return {
        id: `projects-${project.id}`,
        at: anchorOf(project.geometry, view.project),
        text: words.join(' · '),
        ...(squareMetres === undefined
          ? {}
          : { said: [...words, { property: 'overlap', name: overlapped, value: squareMetres, unit: 'm2' }] }),
        kind: 'note' as const,
        priority: rankOf(key === view.selectedFeature, taking !== ''),
        ...(taking === '' ? {} : { badge: { glyph: glyph.zh, tone: 'normal' as const } }),
        feature: key,
      }
    })
  },
})

function rankOf(selected: boolean, conflict: boolean): number {
  if (selected) return labelRank.selected
  return conflict ? labelRank.trouble : labelRank.note + 1
}

/** Square metres of protected land that each project takes; none for one that takes none. */
function overlaps(view: SituationView): Map<string, number> {
  return takenBy(view.features('projects').features, view.features('protected-areas').features)
}
