import * as v from 'valibot'

/** RFC 3339 with an offset, never naive; stored and sent in UTC with `Z`. */
export const InstantSchema = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    'an instant looks like 2026-08-06T14:32:00+08:00',
  ),
)
export type Instant = string

/** ISO 8601 duration, PT1S … P1Y; years and months are allowed alone or with the rest. */
export const DurationSchema = v.pipe(
  v.string(),
  v.regex(
    /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'a duration looks like PT5M or P1M',
  ),
)
export type Duration = string

const unitMs = {
  Y: 31_557_600_000,
  Mo: 2_629_800_000,
  W: 604_800_000,
  D: 86_400_000,
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
}

/** Length of a duration in milliseconds; a month counts 30.4375 days and a year 365.25, good for lags, never for calendar arithmetic. */
export function durationMs(duration: Duration): number {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    duration,
  )
  if (!parts) throw new Error(`not an ISO 8601 duration: ${duration}`)
  const [, y, mo, w, d, h, m, s] = parts.map((part) => Number(part ?? 0))
  return (
    y! * unitMs.Y +
    mo! * unitMs.Mo +
    w! * unitMs.W +
    d! * unitMs.D +
    h! * unitMs.H +
    m! * unitMs.M +
    s! * unitMs.S
  )
}

/** Milliseconds since 1970 as a UTC instant, whole seconds without a fraction. */
export function toInstant(epochMs: number): Instant {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z')
}
