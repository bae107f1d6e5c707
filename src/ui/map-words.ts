import { type LazyWords, lazyWords } from './lazy-words.ts'
import { mapEn } from './words/map-en.ts'
import { mapZh } from './words/map-zh.ts'

export type MapWordKey = keyof typeof mapZh
export type MapDictionary = Record<MapWordKey, string>

const useOwnWords = lazyWords<MapWordKey>({ zh: mapZh, en: mapEn })

/** Like useWords, for the texts that come with the map. */
export function useMapWords(): {
  language: LazyWords<MapWordKey>['language']
  m: LazyWords<MapWordKey>['text']
} {
  const { language, text } = useOwnWords()
  return { language, m: text }
}

export function isMapWordKey(key: string): key is MapWordKey {
  return Object.hasOwn(mapZh, key)
}
