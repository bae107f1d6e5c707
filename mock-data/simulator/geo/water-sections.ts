import type { waterSections as keys } from '../places.ts'
import { countyAt } from './county-shape.ts'
import { featureOf, pointAt } from './feature.ts'
import { toLonLat } from './plane.ts'
import { downstream, riverCourses } from './river-reach.ts'
import { standing } from './statement.ts'

interface Section {
  section: (typeof keys)[number]
  name: string
  river: string
  /** Number of the sketched river that stands for it, and metres down it from where it is nearest to the town. */
  on: number
  atM: number
}

/** Invented places on the sketched rivers, each river's from upstream; the keys are those of ECO.WAT.CLASS. */
const sections: readonly Section[] = [
  { section: 'songhua-a', name: '松花江 A', river: '松花江', on: 2, atM: 30_000 },
  { section: 'yinma-b', name: '饮马河 B', river: '饮马河', on: 1, atM: -14_000 },
  { section: 'yinma-c', name: '饮马河 C', river: '饮马河', on: 1, atM: 38_000 },
  { section: 'yitong-d', name: '伊通河 D', river: '伊通河', on: 0, atM: -17_000 },
  { section: 'yitong-e', name: '伊通河 E', river: '伊通河', on: 0, atM: 15_000 },
  { section: 'yitong-f', name: '伊通河 F', river: '伊通河', on: 0, atM: 58_000 },
]

export const waterSections = standing(() => {
  const courses = riverCourses()
  return sections.map(({ section, name, river, on, atM }, index) => {
    const order = sections.slice(0, index + 1).filter((other) => other.river === river).length
    const place = toLonLat(downstream(courses[on]!.line, atM))
    const region = countyAt(place)
    const said = { name, section, river, order, ...(region === undefined ? {} : { region }) }
    return featureOf('water-sections', `section-${section}`, pointAt(place), said)
  })
})
