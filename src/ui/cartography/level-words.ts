import type { LocalText } from '../../domain/text.ts'
import { hazardColours, type Level } from './hazard-colours.ts'
import { cssColour } from './map-colours.ts'

/** What follows the event in the name of an official warning: 暴雨 + 黄色预警. */
export const levelWord: Readonly<Record<Level, LocalText>> = {
  1: { zh: '红色预警', en: ' red warning' },
  2: { zh: '橙色预警', en: ' orange warning' },
  3: { zh: '黄色预警', en: ' yellow warning' },
  4: { zh: '蓝色预警', en: ' blue warning' },
}

/** The levels that are told, most severe first, as their areas are filled. */
export function levelLegend(
  appearance: 'dark' | 'light',
  told: ReadonlySet<Level>,
): { text: LocalText; colour: string; form: 'fill' }[] {
  const levels = ([1, 2, 3, 4] as const).filter((level) => told.has(level))
  return levels.map((level) => ({
    text: { zh: levelWord[level].zh, en: levelWord[level].en?.trim() ?? '' },
    colour: cssColour(hazardColours[appearance].fill[level]),
    form: 'fill',
  }))
}
