import type { Indicator } from '../domain/indicator.ts'
import type { Observation } from '../domain/observation.ts'
import type { SegmentFigure } from '../domain/segment.ts'
import { toInstant } from '../domain/instant.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'
import { useObservations } from './observations.ts'
import type { FigureView } from './useFigure.ts'

/**
 * The full figure behind a number of a ruled sentence: the sentence's own value, with the definition of its indicator
 * and the period, source and times of the observation it rests on.
 */
export function useSegmentFigures(): (figure: SegmentFigure) => FigureView {
  const [catalogue, clock, observations] = [useCatalogue(), useClock(), useObservations()]
  return (figure) => {
    const region = figure.region ?? catalogue.city?.root ?? ''
    const indicator = catalogue.indicators.get(figure.indicator)
    const known = figure.observation ?? observations.get(figure.indicator, region)
    const observation = {
      ...(known ?? counted(figure, region, clock.nowMs)),
      value: figure.value,
      unit: figure.unit,
    }
    return {
      indicator: indicator && inUnit(indicator, figure.unit),
      observation,
      freshness: 'live',
      judgement: undefined,
      state: 'ok',
    }
  }
}

/** A gap in 个百分点 is not shown in the indicator's own unit; a bare count keeps the word of its indicator. */
function inUnit(indicator: Indicator, unit: string): Indicator {
  if (unit === '1' || unit === indicator.unit) return indicator
  const { display: _display, ...rest } = indicator
  return { ...rest, unit }
}

/** Counted on this screen a moment ago: the same fold as the gateway's, whose own observation has not arrived yet. */
function counted({ indicator, unit, value }: SegmentFigure, region: string, nowMs: number): Observation {
  const at = toInstant(nowMs)
  return {
    indicator,
    region,
    dims: {},
    value,
    unit,
    period: { start: at, end: at, label: at },
    status: 'A',
    flags: [],
    provenance: 'derived',
    source: 'situation',
    resultTime: at,
    receivedAt: at,
    revision: 0,
    lineage: '',
    comparisons: [],
  }
}
