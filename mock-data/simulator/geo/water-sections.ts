import type { waterSections as keys } from '../places.ts'
import { countyAt } from './county-shape.ts'
import { featureOf, pointAt } from './feature.ts'
import type { LonLat } from './plane.ts'
import { standing } from './statement.ts'

interface Section {
  section: (typeof keys)[number]
  name: string
  river: string
  /** From upstream on its own river. */
  order: number
  place: LonLat
}

/** Invented places roughly on their rivers; the keys are those of ECO.WAT.CLASS. */
const sections: readonly Section[] = [
  { section: 'songhua-a', name: '松花江 A', river: '松花江', order: 1, place: [126.25, 44.68] },
  { section: 'yinma-b', name: '饮马河 B', river: '饮马河', order: 1, place: [125.83, 43.98] },
  { section: 'yinma-c', name: '饮马河 C', river: '饮马河', order: 2, place: [125.71, 44.45] },
  { section: 'yitong-d', name: '伊通河 D', river: '伊通河', order: 1, place: [125.36, 43.7] },
  { section: 'yitong-e', name: '伊通河 E', river: '伊通河', order: 2, place: [125.36, 43.97] },
  { section: 'yitong-f', name: '伊通河 F', river: '伊通河', order: 3, place: [125.33, 44.33] },
]

export const waterSections = standing(() =>
  sections.map(({ section, name, river, order, place }) => {
    const region = countyAt(place)
    return featureOf('water-sections', `section-${section}`, pointAt(place), {
      name,
      section,
      river,
      order,
      ...(region === undefined ? {} : { region }),
    })
  }),
)
