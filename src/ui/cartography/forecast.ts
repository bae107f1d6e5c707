import type { LocalText } from '../../domain/text.ts'
import type { Rgba } from './feature-colours.ts'

export const forecastWord: LocalText = { zh: '预报', en: 'Forecast' }
/** Of what nobody foretells, drawn as it is now for a time to come. */
const standingWord: LocalText = { zh: '现状', en: 'As now' }

interface Told {
  forecast: boolean
  standing?: boolean
}

/** 预报 for a statement about a time to come, 现状 for want of one, nothing where the statement is of its own time. */
export function timeWord({ forecast, standing }: Told): LocalText | undefined {
  return forecast ? forecastWord : standing ? standingWord : undefined
}

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

/** A label's text, with the word 预报 or 现状 while the map stands at a time to come. */
export function saidOf(text: string, view: { text(words: LocalText): string }, told: Told): string {
  const word = timeWord(told)
  return [text, word ? view.text(word) : ''].filter(Boolean).join(' · ')
}
