import type { Language } from '../domain/text.ts'
import { useWords } from './words.ts'

export interface LazyWords<K extends string> {
  language: ReturnType<typeof useWords>['language']
  /** The text of a key; `{name}` in it is replaced by params.name. */
  text(key: K, params?: Readonly<Record<string, string | number>>): string
}

/** Words that come with the chunk that shows them, both languages at once, so that they never weigh on a wall's first figure. */
export function lazyWords<K extends string>(
  dictionaries: Readonly<Record<Language, Readonly<Record<K, string>>>>,
): () => LazyWords<K> {
  return () => {
    const { language } = useWords()
    const text: LazyWords<K>['text'] = (key, params = {}) =>
      dictionaries[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
        String(params[name] ?? whole),
      )
    return { language, text }
  }
}
