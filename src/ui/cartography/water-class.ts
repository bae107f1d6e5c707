import type { LocalText } from '../../domain/text.ts'

/** The indicator that tells the class of a section. */
export const waterClassIndicator = 'ECO.WAT.CLASS'

/** Classes in words (GB 3838): 6 is worse than the fifth. */
const classes: Readonly<Record<number, LocalText>> = {
  1: { zh: 'Ⅰ类', en: 'Class Ⅰ' },
  2: { zh: 'Ⅱ类', en: 'Class Ⅱ' },
  3: { zh: 'Ⅲ类', en: 'Class Ⅲ' },
  4: { zh: 'Ⅳ类', en: 'Class Ⅳ' },
  5: { zh: 'Ⅴ类', en: 'Class Ⅴ' },
  6: { zh: '劣Ⅴ类', en: 'Below class Ⅴ' },
}

/** Undefined where there is no value, and for a value that is no class. */
export function waterClass(value: number | null | undefined): LocalText | undefined {
  return classes[value ?? 0]
}
