import { defineMapLayer, type EnuMetres, type SituationView } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { LocalText } from '../../domain/text.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { saidOf } from '../../ui/cartography/forecast.ts'
import { hazardColours } from '../../ui/cartography/hazard-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'

type Facility = FeatureOf<'facilities'>

const glyphs: Readonly<Record<Facility['properties']['kind'], LocalText>> = {
  hospital: { zh: '医', en: '医' },
  school: { zh: '学', en: '学' },
  'care-home': { zh: '养', en: '养' },
  metro: { zh: '轨', en: '轨' },
  bridge: { zh: '桥', en: '桥' },
  'fire-station': { zh: '消', en: '消' },
  hydrant: { zh: '栓', en: '栓' },
  warehouse: { zh: '库', en: '库' },
}
/** What follows the name of one in trouble. */
const troubled: LocalText = { zh: '异常', en: 'in trouble' }

/** Public facilities: a calm dot and a dark badge; in trouble, the fill of its level. */
export default defineMapLayer({
  title: { zh: '公共设施', en: 'Facilities' },
  collections: ['facilities'],
  legend: ({ appearance }) => [
    {
      text: { zh: '设施正常', en: 'Facility, normal' },
      colour: cssColour(featureColours[appearance].inkSoft),
      form: 'badge',
      glyph: glyphs.hospital.zh,
    },
    {
      text: { zh: '设施异常（按级别着色）', en: 'Facility in trouble (by level)' },
      colour: cssColour(hazardColours[appearance].fill[3]),
      form: 'badge',
      glyph: glyphs.hospital.zh,
    },
  ],
  build(view, kit) {
    const standing = placed(view)
    const dots = (part: string, some: typeof standing, size: number) =>
      some.length === 0
        ? []
        : [
            kit.dots({
              id: `facilities-${part}`,
              positions: Float32Array.from(some.flatMap(({ at }) => at)),
              colors: Uint8Array.from(some.flatMap(({ facility }) => colourOf(facility, view.appearance))),
              size,
              features: some.map(({ facility }) => featureKey('facilities', facility)),
            }),
          ]
    const inTrouble = ({ facility }: (typeof standing)[number]): boolean =>
      facility.properties.state === 'trouble'
    return [
      ...dots(
        'normal',
        standing.filter((one) => !inTrouble(one)),
        6,
      ),
      ...dots('trouble', standing.filter(inTrouble), 9),
    ]
  },
  labels: (view) =>
    placed(view).flatMap(({ facility, at }) => {
      const { kind, state, level, name = '' } = facility.properties
      const key = featureKey('facilities', facility)
      const trouble = state === 'trouble'
      // There is a hydrant at every corner: its dot is enough until somebody asks for it.
      if (kind === 'hydrant' && !trouble && view.selectedFeature !== key) return []
      return [
        {
          id: `facilities-${facility.id}`,
          at,
          // A calm one says nothing that could change.
          text: trouble ? saidOf(`${name} ${view.text(troubled)}`, view, view.features('facilities')) : name,
          kind: 'facility' as const,
          priority: rankOf(trouble, key === view.selectedFeature, level),
          badge: { glyph: glyphs[kind].zh, tone: trouble ? (level ?? 4) : ('normal' as const) },
          feature: key,
        },
      ]
    }),
})

function rankOf(trouble: boolean, selected: boolean, level = 4): number {
  if (selected) return labelRank.selected
  return trouble ? labelRank.trouble + 1 - level / 10 : labelRank.facility
}

function colourOf({ properties }: Facility, appearance: SituationView['appearance']) {
  return properties.state === 'trouble'
    ? withAlpha(hazardColours[appearance].fill[properties.level ?? 4], 1)
    : withAlpha(featureColours[appearance].inkNote, 0.9)
}

function placed(view: SituationView): { facility: Facility; at: EnuMetres }[] {
  return view
    .features('facilities')
    .features.map((facility) => ({ facility, at: anchorOf(facility.geometry, view.project) }))
}
