import { useBasemap } from '../stores/basemap.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useFeatures } from '../stores/features.ts'
import { isMapWordKey, useMapWords } from '../ui/map-words.ts'
import { useWords } from '../ui/words.ts'

/** What a thing on the map is called and what it is, as `collection/id` or, of a building of the base map, `layer/id`. */
export function useFeatureName(): (feature: string) => { name: string; kind: string } | undefined {
  const [basemap, catalogue, features] = [useBasemap(), useCatalogue(), useFeatures()]
  const { name } = useWords()
  const { m } = useMapWords()
  return (feature) => {
    const slash = feature.indexOf('/')
    const [collection, id] = [feature.slice(0, slash), feature.slice(slash + 1)]
    const card = catalogue.collections.find((one) => one.id === collection)
    if (card) {
      const found = features.known(collection).find((one) => one.id === id)?.properties
      const code = found?.['kind']
      const key = typeof code === 'string' ? `kind.${code}` : ''
      const kind = isMapWordKey(key) ? m(key) : name(card.name)
      return { name: found?.name ?? id, kind }
    }
    const built = basemap.basemap?.manifest.layers.some((layer) => layer.id === collection)
    return built ? { name: id, kind: m('building.title') } : undefined
  }
}
