import { computed, type ComputedRef, type Ref, ref } from 'vue'
import { centerOf } from '../../domain/place-center.ts'
import { type Place, type PlaceHit, searchPlaces, type SoundMatcher } from '../../domain/place-search.ts'
import { useBaseVectors } from '../../stores/base-vectors.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useFeatures } from '../../stores/features.ts'
import { useMapRegions } from '../../stores/map-regions.ts'
import { useSituation } from '../../stores/situation.ts'
import { useMapWords } from '../../ui/map-words.ts'
import { useWords } from '../../ui/words.ts'
import { baseNames } from '../base-names.ts'
import { useWanted } from './useWanted.ts'

/** Collections whose things are known by a name of their own; what is left is a place like another. */
const kindOf: Readonly<Record<string, Place['kind']>> = {
  facilities: 'facility',
  enterprises: 'enterprise',
  cameras: 'camera',
}
/** Things that nobody looks for by name: areas of an hour, grids, lines of traffic. */
const nameless = new Set(['wind', 'radar', 'rain-grid', 'trips', 'flows', 'hotline-points', 'isochrones'])

/** What a query finds in everything that has a name; the lists are gathered when the box first opens. */
export function useSearchPlaces(query: Ref<string>): {
  hits: ComputedRef<readonly PlaceHit[]>
  loading: Ref<boolean>
  failed: Ref<boolean>
} {
  const [catalogue, regions] = [useCatalogue(), useMapRegions()]
  const [loading, failed] = [ref(true), ref(false)]
  const sounds = ref<SoundMatcher>(() => false)
  const lists = [
    useRegionPlaces(),
    useIncidentPlaces(),
    useIndicatorPlaces(),
    useFeaturePlaces(),
    useGroundPlaces(),
  ]

  async function gather(): Promise<void> {
    const asked = await Promise.allSettled([
      import('pinyin-match').then(({ default: { match } }) => (sounds.value = match)),
      regions.ask(catalogue.city?.root ?? '', 'all'),
    ])
    failed.value = asked.some(({ status }) => status === 'rejected') || regions.error !== undefined
    loading.value = false
  }
  void gather()

  const places = computed(() => lists.flatMap((list) => list.value))
  return { hits: computed(() => searchPlaces(places.value, query.value, sounds.value)), loading, failed }
}

function useRegionPlaces(): ComputedRef<Place[]> {
  const [catalogue, regions] = [useCatalogue(), useMapRegions()]
  const { m } = useMapWords()
  const { name } = useWords()
  return computed(() =>
    [...catalogue.regions.values(), ...regions.fetched.values()].map((region): Place => {
      const over = region.parent === undefined ? undefined : regions.get(region.parent)
      return {
        kind: 'region',
        id: region.code,
        name: name(region.name),
        also: [region.name.zh, region.short?.zh ?? '', region.name.en ?? '', region.code].filter(Boolean),
        note: over && region.level !== 'city' ? name(over.name) : m(`drill.level.${region.level}`),
      }
    }),
  )
}

function useIncidentPlaces(): ComputedRef<Place[]> {
  const [catalogue, situation] = [useCatalogue(), useSituation()]
  return computed(() =>
    situation.incidents
      .filter(({ stage }) => stage !== 'closed')
      .map((incident): Place => ({
        kind: 'incident',
        id: incident.incident,
        name: incident.title,
        also: [incident.incident, incident.kind],
        note: catalogue.regionName(incident.region),
      })),
  )
}

function useIndicatorPlaces(): ComputedRef<Place[]> {
  const catalogue = useCatalogue()
  const { name } = useWords()
  return computed(() =>
    [...catalogue.indicators.values()].map((indicator): Place => ({
      kind: 'indicator',
      id: indicator.code,
      name: name(indicator.name),
      also: [indicator.code, indicator.name.zh, indicator.short?.zh ?? ''].filter(Boolean),
      note: catalogue.departmentName(indicator.department),
    })),
  )
}

function useFeaturePlaces(): ComputedRef<Place[]> {
  const [catalogue, features] = [useCatalogue(), useFeatures()]
  const { name } = useWords()
  const named = computed(() => catalogue.collections.filter(({ kind }) => !nameless.has(kind ?? '')))
  useWanted(() => named.value.map(({ id }) => id))
  return computed(() =>
    named.value.flatMap((card) =>
      features.known(card.id).map((feature): Place => ({
        kind: kindOf[card.kind ?? ''] ?? 'feature',
        id: `${card.id}/${feature.id}`,
        name: feature.properties.name ?? feature.id,
        also: [feature.id],
        note: name(card.name),
        at: centerOf(feature.geometry),
      })),
    ),
  )
}

/** Streets and waters by the names the base map gives them. */
function useGroundPlaces(): ComputedRef<Place[]> {
  const base = useBaseVectors()
  return computed(() =>
    baseNames(base.vectors).flatMap(({ id, text, places: [at] }): Place[] =>
      at ? [{ kind: 'ground', id, name: text, at }] : [],
    ),
  )
}
