import { bandOf, tableAt } from '../domain/band-at.ts'
import type { Indicator } from '../domain/indicator.ts'
import { localText } from '../domain/text.ts'
import type { Language } from '../domain/text.ts'
import type { FigureSubject } from './figure-text.ts'

type Air = Pick<FigureSubject, 'indicator' | 'observation'>

/** The classes of air in force when it was measured; none where the city has no table of them. */
export function airClasses({
  indicator,
  observation,
}: Air): NonNullable<Indicator['bands']>[number] | undefined {
  return observation && tableAt(indicator?.bands, observation.period.start)
}

const bandOfAir = (air: Air) => bandOf(airClasses(air), air.observation?.value)

/** Class of an AQI in words, by the table in force when it was measured. Empty for no value. */
export function aqiClass(air: Air, language: Language): string {
  const band = bandOfAir(air)
  return band ? localText(band.name, language) : ''
}

/** Ink of a station's dot: data ink while the air is good; the reserved hues only from polluted air up. */
export function aqiInk(air: Air): string {
  const place = bandOfAir(air)?.place ?? 1
  if (place <= 2) return place === 1 ? 'var(--acc)' : 'var(--s2)'
  return `var(--w${Math.max(1, 6 - place)})`
}
