import type { Indicator } from '../../domain/indicator.ts'
import { judge } from '../../domain/judgement.ts'
import type { Observation } from '../../domain/observation.ts'
import type { Scene } from '../../domain/scene.ts'

/**
 * Where an analyst who was sent nowhere begins: at the first figure in the wall's own order that misses its target, else at
 * the first one of the wall. Codes the viewer's catalogue does not hold are passed over; undefined without any.
 */
export function openingIndicator(
  scene: Pick<Scene, 'panels'> | undefined,
  indicators: ReadonlyMap<string, Indicator>,
  newest: (code: string) => Observation | undefined,
): string | undefined {
  const codes = (scene?.panels ?? [])
    .flatMap(({ options }) => textsIn(options))
    .filter((text) => indicators.has(text))
  const missed = codes.find((code) => {
    const observation = newest(code)
    return observation !== undefined && judge(indicators.get(code)!, observation).verdict === 'missed'
  })
  return missed ?? codes[0] ?? indicators.keys().next().value
}

/** Panels name their indicators under keys of their own; the order of the file is the order of the screen. */
function textsIn(option: unknown): string[] {
  if (typeof option === 'string') return [option]
  return typeof option === 'object' && option !== null ? Object.values(option).flatMap(textsIn) : []
}
