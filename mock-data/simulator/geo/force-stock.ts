import type { PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import { whole } from '../chance.ts'
import { remembered } from '../remembered.ts'
import { facilitiesOf } from './facilities.ts'
import { numbered } from './feature.ts'
import { toMetres, type Metres } from './plane.ts'
import { dealt, placeBeside } from './scatter.ts'

type ForceKind = PropertiesOf<'forces'>['kind']
export interface Force {
  id: string
  kind: ForceKind
  name: string
  people: number
  base: Metres
}

const stock: readonly { kind: ForceKind; word: string; count: number; people: [number, number] }[] = [
  { kind: 'fire', word: '示意消防救援队', count: 8, people: [6, 14] },
  { kind: 'medical', word: '示意医疗救护组', count: 5, people: [3, 5] },
  { kind: 'engineering', word: '示意工程抢险队', count: 4, people: [8, 20] },
  { kind: 'flood', word: '示意排涝队', count: 4, people: [8, 16] },
  { kind: 'traffic', word: '示意交通疏导组', count: 3, people: [4, 8] },
  { kind: 'volunteer', word: '示意志愿服务队', count: 2, people: [10, 30] },
]

const stocked = remembered(1, (seed): readonly Force[] => {
  const stations = facilitiesOf(seed).filter(({ kind }) => kind === 'fire-station')
  const hospitals = facilitiesOf(seed).filter(({ kind }) => kind === 'hospital')
  return stock.flatMap(({ kind, word, count, people }) =>
    Array.from({ length: count }, (_, index): Force => {
      const id = numbered(`force-${kind}-`, index + 1)
      const own = kind === 'fire' ? stations[index] : kind === 'medical' ? hospitals[index * 3] : undefined
      const place = own?.place ?? placeBeside(seed, dealt(count)[index]!, 4_000, 'geo', id)
      const name = numbered(word, index + 1)
      return { id, kind, name, people: whole(seed, ...people, 'geo', id, 'people'), base: toMetres(place) }
    }),
  )
})

/** Who is sent to an incident of a kind; to the rest goes nobody of these. */
export const sentTo: Readonly<Record<string, ForceKind>> = {
  道路积水: 'flood',
  电梯困人: 'fire',
  火情: 'fire',
  燃气泄漏: 'fire',
  供水: 'engineering',
  供热: 'engineering',
  停电: 'engineering',
  树木倒伏: 'engineering',
  施工安全: 'medical',
  交通设施: 'traffic',
  道路结冰: 'traffic',
  市容环境: 'volunteer',
}

export function forcesOf(seed: string): readonly Force[] {
  return stocked(seed, 0)
}
