import type { Indicator } from './indicator.ts'
import { type Judgement, judge } from './judgement.ts'
import type { Observation } from './observation.ts'

export interface Judged {
  indicator: Indicator
  observation: Observation
  judgement: Judgement
}

/**
 * The figures that stand to be judged before leaders: newest values of the whole city, without dimensions, not published
 * history. Gateway and screens choose by this one function, so that the count of decisions is the length of the list.
 */
export function judgedOf(
  observations: Iterable<Observation>,
  context: { root: string; indicator(code: string): Indicator | undefined; once(source: string): boolean },
): Judged[] {
  const judged: Judged[] = []
  for (const observation of observations) {
    if (
      observation.region !== context.root ||
      Object.keys(observation.dims).length > 0 ||
      context.once(observation.source)
    )
      continue
    const indicator = context.indicator(observation.indicator)
    if (!indicator || observation.value === null) continue
    const judgement = judge(indicator, observation)
    if (judgement.verdict !== 'none') judged.push({ indicator, observation, judgement })
  }
  return judged
}
