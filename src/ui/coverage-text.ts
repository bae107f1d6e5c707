import type { Observation } from '../domain/observation.ts'
import type { Words } from './words.ts'

/** Of a figure made of those of the units below: how many of how many told theirs. Empty for any other figure. */
export function coverageText(observation: Observation | undefined, t: Words['t']): string {
  if (!observation?.coverage) return ''
  const { have, of } = observation.coverage
  // 220100, 220000: below cities lie counties, below those streets and towns.
  const told = { have: String(have), of: String(of) }
  return /^\d{4}00$/.test(observation.region)
    ? t('state.coverage.counties', told)
    : t('state.coverage.towns', told)
}
