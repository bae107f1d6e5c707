import type { LocalText } from '../../domain/text.ts'
import type { Rgba } from './feature-colours.ts'

export const forecastWord: LocalText = { zh: '预报', en: 'Forecast' }

/** Fill of an area: full for what was told of its own time, strokes for a statement about a time to come. */
export function areaFill(fill: Rgba, forecast: boolean): { fill: Rgba; hatch?: true } {
  return forecast ? { fill, hatch: true } : { fill }
}

/** What strokes or dashes mean, while there are any. */
export function forecastEntry<Form extends 'hatch' | 'dash'>(
  form: Form,
  colour: string,
  { forecast }: { forecast: boolean },
): { text: LocalText; colour: string; form: Form }[] {
  return forecast ? [{ text: forecastWord, colour, form }] : []
}

/** A label's text, with the word 预报 while it speaks of a time to come. */
export function saidOf(
  text: string,
  view: { text(words: LocalText): string },
  { forecast }: { forecast: boolean },
): string {
  return [text, forecast ? view.text(forecastWord) : ''].filter(Boolean).join(' · ')
}
