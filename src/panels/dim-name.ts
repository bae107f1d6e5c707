import type { Indicator } from '../domain/indicator.ts'
import type { LocalText } from '../domain/text.ts'

/** What the indicator's definition calls a dimension value; the bare value where it has no name. */
export function dimName(indicator: Indicator | undefined, dim: string, value: string): LocalText {
  const codes = indicator?.dimensions.find(({ key }) => key === dim)?.codes
  return codes?.find((code) => code.value === value)?.name ?? { zh: value }
}
