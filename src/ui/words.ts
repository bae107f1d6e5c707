import { type InjectionKey, type Ref, computed, inject, provide, ref, shallowReactive } from 'vue'
import type { Language, LocalText } from '../domain/text.ts'
import { listText, localText } from '../domain/text.ts'
import { zh } from './words/zh.ts'

export type WordKey = keyof typeof zh
export type Dictionary = Record<WordKey, string>

export interface Words {
  language: Readonly<Ref<Language>>
  /** The text of a key; `{name}` in it is replaced by params.name. */
  t(key: WordKey, params?: Readonly<Record<string, string | number>>): string
  /** A name the city gave in its YAML. */
  name(text: LocalText | undefined): string
  /** Names one after another. */
  list(names: readonly string[]): string
}

const dictionaries = shallowReactive<Partial<Record<Language, Dictionary>>>({ zh })
const languageKey: InjectionKey<Ref<Language>> = Symbol('language')

/** Called once by a console or the app with the session's language; everything below follows it. */
export function provideWords(language: Ref<Language>): void {
  provide(languageKey, language)
}

export function useWords(): Words {
  return wordsOf(inject(languageKey, () => ref<Language>('zh'), true))
}

export function wordsOf(language: Ref<Language>): Words {
  const dictionary = computed(() => {
    if (language.value === 'en' && !dictionaries.en) void loadEnglish()
    return dictionaries[language.value] ?? zh
  })
  return {
    language,
    t: (key, params) => fill(dictionary.value[key], params),
    name: (text) => (text ? localText(text, language.value) : ''),
    list: (names) => listText(names, language.value),
  }
}

/** English is fetched when first wanted, so that it never weighs on a wall's first figure. */
export async function loadEnglish(): Promise<void> {
  dictionaries.en = (await import('./words/en.ts')).en
}

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(zh, key)
}

function fill(text: string, params: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(params[key] ?? whole))
}
