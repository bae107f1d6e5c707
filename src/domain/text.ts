import * as v from 'valibot'

/** A name as a city writes it in YAML: Chinese always, English where the city has one. */
export const LocalTextSchema = v.strictObject({
  zh: v.pipe(v.string(), v.nonEmpty()),
  en: v.optional(v.string()),
})
export type LocalText = v.InferOutput<typeof LocalTextSchema>

export type Language = 'zh' | 'en'

/** The text in the wanted language, else Chinese. */
export function localText(text: LocalText, language: Language): string {
  return (language === 'en' ? text.en : undefined) ?? text.zh
}

/** Names one after another, as the language writes them. */
export function listText(names: readonly string[], language: Language): string {
  return names.join(language === 'en' ? ', ' : '、')
}
