import { type Ref, computed } from 'vue'
import { useWords } from './words.ts'
import { mapEn } from './words/map-en.ts'
import { mapZh } from './words/map-zh.ts'

export type MapWordKey = keyof typeof mapZh
export type MapDictionary = Record<MapWordKey, string>

/** Like useWords, for the texts that come with the map. Both languages at once: they are small beside the engine. */
export function useMapWords(): {
  language: ReturnType<typeof useWords>['language']
  m(key: MapWordKey, params?: Readonly<Record<string, string | number>>): string
} {
  const { language } = useWords()
  const dictionary: Ref<MapDictionary> = computed(() => (language.value === 'en' ? mapEn : mapZh))
  return {
    language,
    m: (key, params = {}) =>
      dictionary.value[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)),
  }
}

export function isMapWordKey(key: string): key is MapWordKey {
  return Object.hasOwn(mapZh, key)
}
