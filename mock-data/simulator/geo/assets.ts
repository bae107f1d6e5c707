import type { PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { fraction } from '../chance.ts'
import { minuteMs } from '../city-time.ts'
import { featureOf, numbered, pointAt } from './feature.ts'
import { endMs, headingOf, trackBehind } from './journey.ts'
import { toLonLat, type Metres } from './plane.ts'
import {
  boatHome,
  boatSortie,
  droneBase,
  droneSortie,
  isOut,
  vehicleHome,
  vehicleSortie,
  type Sortie,
} from './sorties.ts'
import { observed } from './statement.ts'

type Asset = PropertiesOf<'assets'>

interface Fleet {
  kind: Asset['kind']
  word: string
  count: number
  heightM: number
  home(index: number): Metres
  sortie(seed: string, index: number, epochMs: number): Sortie | undefined
  view?: { angle: number; range: number }
}

const fleets: readonly Fleet[] = [
  {
    kind: 'drone',
    word: '示意无人机',
    count: 6,
    heightM: 120,
    home: droneBase,
    sortie: droneSortie,
    view: { angle: 72, range: 600 },
  },
  { kind: 'boat', word: '示意巡查艇', count: 3, heightM: 0, home: boatHome, sortie: boatSortie },
  {
    kind: 'vehicle',
    word: '示意巡查车',
    count: 6,
    heightM: 0,
    home: vehicleHome,
    sortie: vehicleSortie,
  },
]
const keptTrackMs = 20 * minuteMs

/** One outing in forty loses its link at three fifths of the way: what was heard last stays on the map. */
function heardUntilMs(seed: string, { way }: Sortie, id: string, epochMs: number): number {
  const [startMs, lastMs] = [way.timesMs[0]!, endMs(way)]
  const lost = fraction(seed, 'geo', id, 'lost', startMs) < 0.025
  return lost ? Math.min(epochMs, startMs + Math.floor((lastMs - startMs) * 0.6)) : epochMs
}

function stateOf({ onTaskMs, returningMs }: Sortie, epochMs: number): Asset['state'] {
  if (epochMs < onTaskMs) return 'under-way'
  return epochMs < returningMs ? 'on-task' : 'returning'
}

function assetAt(seed: string, fleet: Fleet, index: number, epochMs: number): MapFeature {
  const { kind, word, heightM, view } = fleet
  const id = numbered(`${kind}-`, index + 1)
  const named = { name: numbered(word, index + 1), kind, ...(view === undefined ? {} : { view }) }
  const sortie = fleet.sortie(seed, index, epochMs)
  if (!isOut(sortie, epochMs)) {
    const rest = { heading: 0, mission: '待命', state: 'standby' as const, track: [] }
    return featureOf('assets', id, pointAt(toLonLat(fleet.home(index)), 0), { ...named, ...rest })
  }
  const heardMs = heardUntilMs(seed, sortie, id, epochMs)
  const behind = trackBehind(sortie.way, heardMs - keptTrackMs, heardMs)
  const track = behind.map(({ place, timeMs }): [number, number, number, number] => [
    ...toLonLat(place),
    heightM,
    timeMs,
  ])
  const [longitude, latitude] = track[track.length - 1]!
  return featureOf('assets', id, pointAt([longitude, latitude], heightM), {
    ...named,
    heading: headingOf(behind),
    mission: sortie.mission,
    state: heardMs < epochMs ? 'lost-link' : stateOf(sortie, epochMs),
    track,
  })
}

export const assetsStepMs = 5_000
/** Fifteen moving things, each with the corners it passed in the last twenty minutes and its place as the last of them. */
export const assets = observed(assetsStepMs, (seed, atMs) =>
  fleets.flatMap((fleet) =>
    Array.from({ length: fleet.count }, (_, index) => assetAt(seed, fleet, index, atMs)),
  ),
)
