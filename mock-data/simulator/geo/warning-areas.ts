import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { warningsAt } from '../warnings.ts'
import { dissolve } from './dissolve.ts'
import { featureOf } from './feature.ts'
import { forecast } from './statement.ts'

export const warningAreasStepMs = 5 * minuteMs
/** Areas of the warnings in force: of the future, those already sent that will not have expired by then. */
export const warningAreas = forecast(
  { stepMs: warningAreasStepMs, everyMs: warningAreasStepMs, leadMs: 24 * hourMs },
  (seed, atMs, runMs): MapFeature[] =>
    warningsAt(seed, runMs)
      .filter(({ expiresAt }) => Date.parse(expiresAt) > atMs)
      .map(({ id, event, level, issuer, regions, sentAt, expiresAt }) => ({
        ...featureOf('warning-areas', `area-${id}`, dissolve(regions), {
          name: `${event}预警（示意）`,
          warning: id,
          event,
          level,
          issuer,
        }),
        time: { interval: [sentAt, expiresAt] },
      })),
)
