import type { LineItem } from '../../contracts/map-kit.ts'
import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import { arrowHead } from '../../ui/cartography/arrow-head.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { meshOf } from '../../ui/cartography/mesh-builder.ts'
import { waterClass, waterClassIndicator } from '../../ui/cartography/water-class.ts'

type Section = FeatureOf<'water-sections'>
/** Sections of each river from upstream to downstream, joined in that order, with the class by the station of the hour. */
export default defineMapLayer({
  title: { zh: '水质断面', en: 'Water sections' },
  standing: 'always',
  collections: ['water-sections'],
  indicators: [waterClassIndicator],
  legend: ({ appearance }) => {
    const { flood, inkNote } = featureColours[appearance]
    return [
      { text: { zh: '水质断面', en: 'Water section' }, colour: cssColour(flood[1]), form: 'dot' },
      {
        text: { zh: '上游至下游次序（非河道走向）', en: 'Upstream to downstream (not its course)' },
        colour: cssColour(inkNote),
        form: 'line',
      },
    ]
  },
  build(view, kit) {
    const { flood, inkNote } = featureColours[view.appearance]
    const rivers = inRiverOrder(view.features('water-sections').features)
    const sections = rivers.flat()
    if (sections.length === 0) return []
    const steps = rivers.flatMap((river) =>
      river.slice(1).map((section, index) => ({
        from: anchorOf(river[index]!.geometry, view.project),
        to: anchorOf(section.geometry, view.project),
      })),
    )
    const links = steps.map(({ from, to }): LineItem => ({
      path: [from, to],
      color: withAlpha(inkNote, 0.7),
      width: 1.5,
    }))
    const heads = steps.flatMap(({ from, to }) => arrowHead(from, to, inkNote, 15))
    return [
      ...(links.length > 0
        ? [
            kit.lines({ id: 'water-sections-order', items: links }),
            kit.mesh({ id: 'water-sections-arrow', solid: false, ...meshOf(heads) }),
          ]
        : []),
      kit.dots({
        id: 'water-sections-place',
        positions: Float32Array.from(sections.flatMap(({ geometry }) => anchorOf(geometry, view.project))),
        colors: Uint8Array.from(sections.flatMap(() => withAlpha(flood[1], 1))),
        size: 12,
        features: sections.map((section) => featureKey('water-sections', section)),
      }),
    ]
  },
  labels: (view) =>
    inRiverOrder(view.features('water-sections').features)
      .flat()
      .flatMap((section) => labelsOf(section, view)),
})

function labelsOf(section: Section, view: SituationView) {
  const { section: key, name, river } = section.properties
  const observation = view.latest(waterClassIndicator, view.city, { section: key })
  const at = anchorOf(section.geometry, view.project)
  const feature = featureKey('water-sections', section)
  const chosen = feature === view.selectedFeature
  const named = {
    id: `water-sections-name-${section.id}`,
    at,
    text: name ?? river,
    kind: 'water' as const,
    priority: chosen ? labelRank.selected : labelRank.name,
    feature,
  }
  const word = waterClass(observation?.value)
  if (!observation || !word) return [named]
  const words = view.text(word)
  const figure = {
    id: `water-sections-${section.id}`,
    at,
    lift: 6,
    text: words,
    words,
    kind: 'value' as const,
    // Of the two of a chosen section the figure stays: it is drawn before its name.
    priority: chosen ? labelRank.selected + 1 : labelRank.figure,
    observation,
    feature,
  }
  return [figure, named]
}

/** One list a river, each from its uppermost section down. */
function inRiverOrder(sections: readonly Section[]): Section[][] {
  const rivers = new Set(sections.map(({ properties }) => properties.river))
  return [...rivers].map((river) =>
    sections
      .filter(({ properties }) => properties.river === river)
      .toSorted((a, b) => a.properties.order - b.properties.order),
  )
}
